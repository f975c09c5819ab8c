namespace DistBuild.Agent.Execution;

/// <summary>What one compile may use of this machine. A compile that wants more ends without a result, and its client compiles elsewhere.</summary>
internal sealed record ExecutionLimits
{
    /// <summary>Wall time, twice the processor's: the owner of the machine comes first.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Processor time of all processes together. The slowest units of large code bases take a few minutes; a compile that takes longer hangs.</summary>
    public TimeSpan Processor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of memory of all processes together: twice what the largest template units take.</summary>
    public long Memory { get; init; } = 8L << 30;

    /// <summary>Processes at once: a driver and a few passes; far more is a program that multiplies.</summary>
    public int Processes { get; init; } = 32;

    /// <summary>Bytes of each of standard output and standard error: far more diagnostics than anybody reads.</summary>
    public long Output { get; init; } = 16L << 20;

    /// <summary>Bytes of the object, and of any file on the way to it: what one array holds is the end of it anyway.</summary>
    public long Object { get; init; } = 1L << 30;
}
