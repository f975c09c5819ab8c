using System.Runtime.InteropServices;

namespace DistBuild.Benchmarks.Measuring;

/// <summary>What one run of a program cost.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Processor">User and system time of it and of everything it started and waited for.</param>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Processor)
{
    public static Cost operator -(Cost left, Cost right) => new(left.Wall - right.Wall, left.Processor - right.Processor);

    public static Cost operator +(Cost left, Cost right) => new(left.Wall + right.Wall, left.Processor + right.Processor);

    /// <summary>Processor time of all children of this process that have ended, their own children included.</summary>
    public static TimeSpan OfEndedChildren()
    {
        const int Children = -1;
        return GetUsage(Children, out Usage usage) == 0
            ? usage.User.Elapsed + usage.System.Elapsed
            : throw new InvalidOperationException($"getrusage failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, out Usage usage);

    /// <summary>struct rusage of sys/resource.h, as far as it is read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public Moment User;
        public Moment System;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        private readonly long _seconds;
        private readonly long _microseconds;

        public readonly TimeSpan Elapsed => TimeSpan.FromSeconds(_seconds) + TimeSpan.FromMicroseconds(_microseconds);
    }
}
