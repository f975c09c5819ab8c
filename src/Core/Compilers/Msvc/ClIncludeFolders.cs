using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>The header search of clang-cl: <c>/I</c>, then <c>/external:I</c>, then the toolchain's folders and those of INCLUDE, which it prints itself.</summary>
internal static class ClIncludeFolders
{
    private static readonly string[] Variables = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "EXTERNAL_INCLUDE"];

    public static IncludeFolders Of(ClCommand command)
    {
        if (Array.Find(Variables, name => ClEnvironment.Value(command.Whole.Environment, name).Length > 0) is { } variable)
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

        return new IncludeFolders([.. own, .. external], [], null) { Forced = forced, AsksEveryIncluder = true };
    }

    /// <summary>Makes clang-cl print its search list, to be read by <see cref="GccIncludeFolders.ReadSystem"/>.</summary>
    public static IReadOnlyList<string> Query(string language, IReadOnlyList<string> keyArguments) =>
        [.. keyArguments, "-Qunused-arguments", "/E", "-v", language == SourceLanguage.C ? "/TC" : "/TP", "--", Path.DirectorySeparatorChar == '\\' ? "NUL" : "/dev/null"];
}
