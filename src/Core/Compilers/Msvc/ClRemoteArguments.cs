using System.Text.RegularExpressions;
using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// The arguments an agent lets clang-cl compile a preprocessed text with: switches of code generation, language and warnings, and what agents accept from clang's own
/// command line. Nothing that names a file, loads code, runs a program or writes more than the object passes.
/// </summary>
internal static class ClRemoteArguments
{
    public const string CodeView = "-gcodeview";

    private const string Passed = "/clang:";

    private const int MaximumLength = 4096;
    private const int MaximumCount = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Regex Switches = Anchored(
        @"/O(?:[12dgstx]|b[0-3]|[iy]-?)+",
        @"/(?:M[DT]d?|LDd?|EH[acrs-]+|RTC[1csu]+|J|JMC-?|hotpatch|bigobj|sdl-?|utf-8|await|kernel-?|homeparams|analyze-|Brepro-?|w|C|FC|Y-)",
        @"/G(?:[FRSXwy]-?|[AdrvzT]|L-?|m-|s[0-9]*|regcall4?)",
        @"/Z(?:[7aeiol]|o-|p(?:1|2|4|8|16)?|H:[A-Za-z0-9_]+|c:[A-Za-z0-9_]+-?)",
        @"/W(?:[0-4]|all|X-?|v:[0-9.]+)|/w[deo1-4][0-9]+",
        @"/(?:std|arch|favor|tune|fp|guard|volatile|diagnostics|openmp|constexpr):[A-Za-z0-9_.,+-]+|/openmp-?|/permissive-?|/vlen=[0-9]+",
        @"/(?:source|execution)-charset:utf-8|/external:(?:W[0-4]|anglebrackets|templates-)",
        @"/v(?:d[0-2]|m[bgmsv])|/Q(?:par-?|vec-?|spectre(?:-load(?:-cf)?)?|Intel-jcc-erratum)|/arm64EC",
        @"/fsanitize=address",
        @"-g(?:no-)?inline-line-tables|-gno-codeview-command-line");

    /// <summary>The first thing an agent would not accept, and why; null when it accepts the job.</summary>
    public static string? Refuse(RemoteJob job, string family)
    {
        if (job.Family != family)
        {
            return $"{job.Family} is not {family}";
        }

        if (!SourceLanguage.IsServed(job.Language) && !SourceLanguage.IsExpanded(job.Language))
        {
            return $"-x {job.Language} is not a language that agents compile";
        }

        if (job.Arguments.Count > MaximumCount)
        {
            return $"{job.Arguments.Count} arguments are more than the {MaximumCount} that agents accept";
        }

        if (SourceLanguage.IsExpanded(job.Language) && job.Arguments.Any(HasColumns))
        {
            return "the columns of an expanded text are not the source's, and the object has them";
        }

        if (job.Arguments.Contains(CodeView))
        {
            return "Microsoft's debug information has checksums of the files, which a text does not say";
        }

        foreach (string argument in job.Arguments)
        {
            if (argument.Length > MaximumLength || !IsAllowed(argument))
            {
                return $"agents do not accept {(argument.Length > MaximumLength ? argument.Substring(0, 100) + "…" : argument)}";
            }
        }

        return null;
    }

    // Debug information, and what a sanitizer reports when the program runs.
    private static bool HasColumns(string argument) =>
        argument is "/Z7" or "/Zi" || argument.Contains("fsanitize=") || argument.IndexOf("-g", StringComparison.Ordinal) is 0 or 7;

    private static bool IsAllowed(string argument) => argument.StartsWith(Passed, StringComparison.Ordinal)
        ? IsAllowedWord(argument.Substring(Passed.Length))
        : IsAllowedWord(argument) || Switches.IsMatch(argument);

    private static bool IsAllowedWord(string argument) =>
        argument.StartsWith("-", StringComparison.Ordinal)
        && (Switches.IsMatch(argument) || RemoteArguments.Clang.Refuse(new RemoteJob("clang", SourceLanguage.Cxx, [argument])) is null);

    private static Regex Anchored(params string[] alternatives) =>
        new($@"\A(?:{string.Join("|", alternatives)})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
}
