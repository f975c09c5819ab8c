using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// The header search: <c>/I</c>, then <c>/external:I</c>, then the folders that INCLUDE names. clang-cl adds its toolchain's, and prints them all itself; cl.exe adds those of
/// EXTERNAL_INCLUDE.
/// </summary>
internal static class ClIncludeFolders
{
    private const string Include = "INCLUDE", External = "EXTERNAL_INCLUDE";

    private static readonly string[] ClangVariables = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", External];

    public static IncludeFolders Of(ClCommand command)
    {
        if (command.Dialect.IsClang && Array.Find(ClangVariables, name => ClEnvironment.Value(command.Whole.Environment, name).Length > 0) is { } variable)
        {
            return new IncludeFolders([], [], variable + " adds folders to the header search");
        }

        List<string> own = [], external = [], forced = [];
        foreach (ClArgument argument in command.Arguments.Where(argument => argument.Role == ClRole.Preprocessor))
        {
            switch (argument.Name)
            {
                case "/I":
                    own.Add(argument.Value);
                    break;
                case "/external:I":
                    external.Add(argument.Value);
                    break;
                case "/FI":
                    // Looked for in the working directory first.
                    forced.Add(argument.Value);
                    break;
                case "/D" or "/U":
                    break;
                default:
                    return new IncludeFolders([], [], argument.Name + " changes the header search");
            }
        }

        IEnumerable<string> named = own.Concat(external);
        return new IncludeFolders([.. command.Dialect.IsClang ? named : named.Select(ClSpelling.Slashes)], [], null)
        {
            Forced = forced,
            AsksEveryIncluder = true,
            Unordered = command.Dialect.IsClang ? [] : Listed(command.Whole, External),
        };
    }

    /// <summary>The folders that the command itself names, as it spells them.</summary>
    public static IEnumerable<string> Named(ClCommand command) =>
        command.Arguments.Where(argument => argument is { Name: "/I" or "/external:I", Value.Length: > 0 }).Select(argument => argument.Value);

    /// <summary>
    /// All folders that cl.exe takes from the environment. Which of the two variables goes first is nowhere written: whatever is not found through one is absent in all
    /// folders of the other too (<see cref="IncludeFolders.Unordered"/>).
    /// </summary>
    public static IReadOnlyList<string> OfEnvironment(CompileCommand command) => [.. Listed(command, Include).Concat(Listed(command, External)).Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Listed(CompileCommand command, string variable) =>
        [.. ClEnvironment.Value(command.Environment, variable).Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(folder => ClSpelling.Slashes(folder.Trim())).Where(folder => folder.Length > 0)];

    /// <summary>Makes clang-cl print its search list, to be read by <see cref="GccIncludeFolders.ReadSystem"/>.</summary>
    public static IReadOnlyList<string> Query(string language, IReadOnlyList<string> keyArguments) =>
        [.. keyArguments, "-Qunused-arguments", "/E", "-v", language == SourceLanguage.C ? "/TC" : "/TP", "--", Path.DirectorySeparatorChar == '\\' ? "NUL" : "/dev/null"];
}
