using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// What debug information puts into an object of clang-cl besides what the code says. All of it: the working directory. CodeView, Microsoft's format (LLVM's
/// CodeViewDebug.cpp): also the object's own full name, a checksum of every file, and, unless <c>-gno-codeview-command-line</c> forbids it, the compiler's path with
/// every argument of the compiler proper but the names of its outputs.
/// </summary>
internal static class ClDebugInformation
{
    private const string CommandLine = "-gcodeview-command-line", NoCommandLine = "-gno-codeview-command-line";

    public static bool IsOn(ClCommand command) =>
        command.Arguments.Any(argument => argument.Name is "/Z7" or "/Zi") || DebugInformation.IsOn(Own(command));

    /// <summary>Whether it is in Microsoft's format; what is not certainly in another counts as such.</summary>
    public static bool IsCodeView(ClCommand command) => IsOn(command) && (Own(command).Contains(ClRemoteArguments.CodeView) || !IsPlainDwarf(command));

    /// <summary>Whether arguments that only report what was read would show in the object.</summary>
    public static bool RecordsCommandLine(ClCommand command) =>
        IsCodeView(command) && Own(command).LastOrDefault(argument => argument is CommandLine or NoCommandLine) != NoCommandLine;

    /// <summary>Whether the working directory itself shows in the object.</summary>
    public static bool RecordsDirectory(ClCommand command) => IsOn(command) && (Directory(command) is null || RecordsCommandLine(command));

    /// <summary>Arguments that stand for what is recorded and a text does not say; those of Microsoft's format are some that agents do not accept.</summary>
    /// <param name="command">With debug information.</param>
    /// <param name="objectFile">As the command spells it.</param>
    public static IEnumerable<string> Recorded(ClCommand command, string objectFile) =>
    [
        .. Directory(command) is null ? ["-fdebug-compilation-dir=" + RecordedDirectory.Of(command.Whole)] : (string[])[],
        .. IsCodeView(command) ? [ClRemoteArguments.CodeView, ObjectName(command, objectFile)] : (string[])[],
        .. RecordsCommandLine(command) ? RecordedCommandLine(command) : [],
    ];

    /// <summary>
    /// The option of the compiler proper that names the object which the command itself would write, whatever is written. It is not part of the command line that is
    /// recorded.
    /// </summary>
    public static string ObjectName(ClCommand command, string objectFile)
    {
        bool relative = Directory(command) is { } folder && !Path.IsPathRooted(folder);
        string directory = RecordedDirectory.Of(command.Whole);
        return "-object-file-name=" + (relative || Path.IsPathRooted(objectFile) ? objectFile
            : directory.TrimEnd('/', '\\') + Path.DirectorySeparatorChar + objectFile);
    }

    // All switches, the folders of headers in the environment, and the compiler's place.
    private static IEnumerable<string> RecordedCommandLine(ClCommand command)
    {
        CompileCommand whole = command.Whole;
        string? driver = DriverFinder.Find(whole.Compiler, whole.WorkingDirectory, whole.Environment);
        return
        [
            CommandLine,
            .. command.Canonical(argument => argument.Role is not (ClRole.Object or ClRole.Source or ClRole.Compile or ClRole.Unread)),
            .. ClEnvironment.Headers.Select(name => name + "=" + ClEnvironment.Value(whole.Environment, name)),
            driver is null ? "" : RealPath.Of(driver),
        ];
    }

    // clang's own choice for this target, in a version of it that knows no checksums.
    private static bool IsPlainDwarf(ClCommand command)
    {
        string? target = Own(command).LastOrDefault(argument => argument.StartsWith("--target=", StringComparison.Ordinal));
        return target is not null && target.EndsWith("-windows-gnu", StringComparison.Ordinal) && !Own(command).Contains("-gdwarf-5");
    }

    /// <summary>The directory that the command wants recorded in place of its own, or null.</summary>
    private static string? Directory(ClCommand command)
    {
        string? option = Own(command).LastOrDefault(argument =>
            argument.StartsWith("-fdebug-compilation-dir=", StringComparison.Ordinal) || argument.StartsWith("-ffile-compilation-dir=", StringComparison.Ordinal));
        return option?.Substring(option.IndexOf('=') + 1);
    }

    // clang's own options, those behind /clang: last, as it reads them.
    private static IEnumerable<string> Own(ClCommand command) =>
        command.Arguments.Where(argument => argument.Role == ClRole.Key && argument.Name[0] == '-').Select(argument => argument.Canonical)
            .Concat(command.Passed.SelectMany(argument => argument.Tokens));
}
