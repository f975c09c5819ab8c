namespace DistBuild.Agent.Monitor;

/// <summary>What the agent and all it started use.</summary>
/// <param name="Processor">Since the agent started.</param>
/// <param name="Memory">MiB, now.</param>
internal readonly record struct OwnUsage(TimeSpan Processor, int Memory);

/// <summary>The processors' clocks since the machine started, in any one unit, summed over all cores; a load is the difference of two.</summary>
internal readonly record struct ProcessorTimes(ulong Total, ulong Idle)
{
    /// <summary>Percent of all cores that were not idle since an earlier reading; 0 when no time has passed.</summary>
    public int LoadSince(ProcessorTimes earlier)
    {
        if (Total <= earlier.Total)
        {
            return 0;
        }

        ulong total = Total - earlier.Total;
        ulong idle = Idle <= earlier.Idle ? 0 : Math.Min(Idle - earlier.Idle, total);
        return (int)((total - idle) * 100 / total);
    }
}
