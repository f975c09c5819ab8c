namespace DistBuild.Agent.Execution;

/// <summary>What one compile may use of this machine.</summary>
internal sealed record ExecutionLimits
{
    /// <summary>Wall time. The slowest units of large code bases take a few minutes; a compile that takes longer hangs.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of each of standard output and standard error: far more diagnostics than anybody reads.</summary>
    public long Output { get; init; } = 16L << 20;

    /// <summary>Bytes of the object: what one array holds is the end of it anyway.</summary>
    public long Object { get; init; } = 1L << 30;
}
