using DistBuild.Core.Compilers.Gcc;
using static DistBuild.Core.Compilers.Gcc.OptionForm;
using static DistBuild.Core.Compilers.Msvc.ClOptions;
using static DistBuild.Core.Compilers.Msvc.ClRole;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>Where cl.exe and clang-cl read one command line differently.</summary>
internal sealed class ClDialect
{
    private const string OtherFiles = "it changes where the compiler finds its own files";

    /// <summary>clang-cl 19 ("CL.EXE COMPATIBILITY OPTIONS" of its help): also options of clang's own, where no switch of cl has their name.</summary>
    public static readonly ClDialect ClangCl = new(
        isClang: true,
        new ClOptionTable(
            Shared,
            [
                new("/o", JoinedOrSeparate, ClRole.Object),
                new("/clang:", Joined, Passed),
                .. All(Preprocessor, JoinedOrSeparate, "/imsvc"),
                .. All(Notes, Alone, "/showFilenames", "/showFilenames-"),
                .. Refused(OtherFiles, JoinedOrSeparate, "/winsysroot", "/vctoolsdir", "/winsdkdir", "/diasdkdir", "/vctoolsversion", "/winsdkversion"),
                .. Refused("it prints what the preprocessor or the compiler knows", Alone, "/d1PP", "/d1reportAllClassLayout"),
                .. All(Key, Joined, "/tune:"),
                .. All(Key, Alone, "/arm64EC", "/vmb", "/vmg", "/vmm", "/vms", "/vmv", "/Gregcall", "/Gregcall4"),
            ]));

    /// <summary>cl.exe of Visual Studio 2015 to 2022.</summary>
    public static readonly ClDialect Cl = new(
        isClang: false,
        new ClOptionTable(
            Shared,
            [
                .. All(Unread, Joined, "/MP", "/Fe", "/Fm", "/Fi"),
                .. All(Key, Alone, "/Zd", "/fsanitize=fuzzer"),
            ]));

    private static readonly OptionTable ClangOwn = new(endOfOptions: true, GccOptions.Shared, ClangOptions.Differences);

    private readonly ClOptionTable _table;

    private ClDialect(bool isClang, ClOptionTable table) => (IsClang, _table) = (isClang, table);

    public bool IsClang { get; }

    /// <summary>Every switch of cl that the dialect knows.</summary>
    public IEnumerable<ClOption> Switches => _table.All;

    public ClOption? Find(string argument) => _table.Find(argument);

    /// <summary>Whether a character ends the folder part of a path.</summary>
    public bool IsSeparator(char c) => c == '/' || (c == '\\' && (!IsClang || Path.DirectorySeparatorChar == '\\'));

    /// <summary>The option of clang's own that an argument with a dash is, as far as it decides whether a unit can be cached; null when it is only a word to hash.</summary>
    public static GccOption? FindOwn(string argument) => ClangOwn.Find(argument) is { Role: OptionRole.Local or OptionRole.Key or OptionRole.NoObject } option ? option : null;

    /// <summary>The arguments behind all <c>/clang:</c> of a command, which clang reads as a command line of its own kind, after everything else.</summary>
    public static IReadOnlyList<ParsedArgument> ReadPassed(IEnumerable<string> arguments) => ArgumentReader.Read(ClangOwn, [.. arguments]);
}
