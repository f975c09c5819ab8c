using System.Globalization;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>How a compile that passed a limit is told from one that failed, and what is said of it. In doubt it was a limit: then the client compiles elsewhere.</summary>
internal static class LimitPhrases
{
    // A shell and bwrap report a process that a signal ended as this plus the signal's number.
    private const int SignalBase = 128, ProcessorSignal = 24, FileSizeSignal = 25;

    // What gcc, clang and the C++ library say when they get no more memory.
    private static readonly byte[][] OutOfMemory =
    [
        [.. "out of memory"u8], [.. "virtual memory exhausted"u8], [.. "memory exhausted"u8], [.. "Cannot allocate memory"u8], [.. "bad_alloc"u8],
    ];

    public static string Memory(ExecutionLimits limits) => string.Create(CultureInfo.InvariantCulture, $"more than {limits.Memory >> 20} MiB of memory");

    public static string Processor(ExecutionLimits limits) =>
        string.Create(CultureInfo.InvariantCulture, $"more than {limits.Processor.TotalSeconds} s of processor time");

    public static string Time(ExecutionLimits limits) => string.Create(CultureInfo.InvariantCulture, $"more than {limits.Time.TotalSeconds} s");

    /// <summary>The limit that ended this compile, or null.</summary>
    public static string? Find(ProcessResult ran, ExecutionLimits limits) =>
        ran.ExitCode == 0 ? null
        : ran.ExitCode == SignalBase + ProcessorSignal || Says(ran, "CPU time limit exceeded"u8) ? Processor(limits)
        : ran.ExitCode == SignalBase + FileSizeSignal || Says(ran, "File size limit exceeded"u8) || Says(ran, "File too large"u8)
            ? string.Create(CultureInfo.InvariantCulture, $"a file of more than {limits.Object >> 20} MiB")
        : Array.Exists(OutOfMemory, words => Says(ran, words)) ? Memory(limits)
        : null;

    /// <summary>Whether it was not the compiler that spoke, but what was put around it.</summary>
    public static bool NeverStarted(ProcessResult ran) =>
        ran.ExitCode != 0 && (ran.Errors.AsSpan().StartsWith("bwrap: "u8) || ran.Errors.AsSpan().StartsWith("prlimit: "u8) || IsNice(ran.Errors));

    private static bool IsNice(ReadOnlySpan<byte> errors) => errors.StartsWith("nice: "u8) || errors.StartsWith("/usr/bin/nice: "u8);

    private static bool Says(ProcessResult ran, ReadOnlySpan<byte> words) => ran.Errors.AsSpan().IndexOf(words) >= 0;
}
