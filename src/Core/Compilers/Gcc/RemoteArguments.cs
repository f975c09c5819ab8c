using System.Text.RegularExpressions;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The arguments an agent compiles a preprocessed text with. Nothing that names a file, loads code, runs a program or writes more than the object
/// passes; what is not listed is refused, and its unit is compiled where its source is.
/// </summary>
internal sealed class RemoteArguments
{
    public static readonly RemoteArguments Gcc = new(clang: false);
    public static readonly RemoteArguments Clang = new(clang: true);

    private const int MaximumLength = 4096;
    private const int MaximumCount = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What a job of either family may say. The expressions are anchored, and none lets a slash or a comma through without need.
    private static readonly Regex Common = Anchored(
        @"-O(?:[0-9]|s|z|g|fast)?",
        @"-g|-g[0-2]|-ggdb[0-2]?|-gdwarf|-gdwarf-[2-5]|-gdwarf(?:32|64)|-gline-tables-only|-gmlt|-gz|-gz=(?:none|zlib|zlib-gnu|zstd)",
        @"-g(?:no-)?(?:column-info|strict-dwarf|record-gcc-switches|as-loc-support|as-locview-support|variable-location-views)",
        @"-g(?:no-)?(?:statement-frontiers|inline-points|describe-dies|pubnames|gnu-pubnames)",
        @"-{1,2}std=[a-z0-9+:]+",
        @"-ansi|-pedantic|-pedantic-errors|-w|-trigraphs|-pthread|-static|-shared|-pie|-no-pie|-rdynamic|-nostdlib|-nodefaultlibs|-nostartfiles|-s",
        @"-W[A-Za-z0-9#+=_-]*",
        @"-m(?!llvm|link)[a-z0-9.-]+",
        @"-m[a-z0-9-]+=(?!native)[A-Za-z0-9_.,+:-]+",
        @"--param=[a-z0-9-]+=[0-9]+",
        @"-Wa,(?:--noexecstack|--execstack|-mbig-obj)",
        @"-frandom-seed=[^\p{C}]+");

    private static readonly Regex ClangOnly = Anchored(
        @"--target=[A-Za-z0-9_.-]+",
        @"-f(?:debug|file)-compilation-dir=[^\p{C}]+",
        @"-flto(?:=(?:thin|full))?|-fno-lto|-emit-llvm",
        @"-glldb|-gline-directives-only|-gcodeview|-fintegrated-as|-integrated-as");

    private static readonly Regex Value = Anchored(@"[A-Za-z0-9_.,:+-]*");

    private readonly bool _clang;

    private RemoteArguments(bool clang) => _clang = clang;

    private string Family => _clang ? "clang" : "gcc";

    /// <summary>The first thing an agent would not accept, and why; null when it accepts the job.</summary>
    public string? Refuse(RemoteJob job)
    {
        if (job.Family != Family)
        {
            return $"{job.Family} is not {Family}";
        }

        if (!SourceLanguage.IsServed(job.Language) && !SourceLanguage.IsExpanded(job.Language))
        {
            return $"-x {job.Language} is not a language that agents compile";
        }

        if (job.Arguments.Count > MaximumCount)
        {
            return $"{job.Arguments.Count} arguments are more than the {MaximumCount} that agents accept";
        }

        // The columns of an expanded text are not the source's, and debug information has them.
        if (SourceLanguage.IsExpanded(job.Language) && DebugInformation.IsOn(job.Arguments))
        {
            return "debug information of an expanded text has other columns than the source's";
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

    // gcc's address sanitizer names a variable's line only where it finds the function's and the variable's file to be one string in memory, which
    // line markers change.
    private bool IsAllowed(string argument) =>
        (_clang || !argument.StartsWith("-fsanitize=", StringComparison.Ordinal) || !argument.Contains("address")) && IsKnown(argument);

    private bool IsKnown(string argument) =>
        Common.IsMatch(argument) || (_clang && ClangOnly.IsMatch(argument)) || IsAllowedFlag(argument);

    private static bool IsAllowedFlag(string argument)
    {
        if (!argument.StartsWith("-f", StringComparison.Ordinal))
        {
            return false;
        }

        int equals = argument.IndexOf('=');
        string word = equals < 0 ? argument.Substring(2) : argument.Substring(2, equals - 2);
        if (word.StartsWith("no-builtin-", StringComparison.Ordinal))
        {
            return equals < 0 && Value.IsMatch(word);
        }

        string positive = word.StartsWith("no-", StringComparison.Ordinal) ? word.Substring(3) : word;
        return equals < 0
            ? RemoteFlags.Switches.Contains(positive)
            : RemoteFlags.Valued.Contains(positive) && Value.IsMatch(argument.Substring(equals + 1));
    }

    private static Regex Anchored(params string[] alternatives) =>
        new($@"\A(?:{string.Join("|", alternatives)})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
}
