namespace DistBuild.Core.Discovery;

/// <summary>How long a question waits for whom. All of it is time a build does nothing else with, so it is short; what comes too late costs speed only.</summary>
internal sealed record FinderTimings
{
    /// <summary>
    /// For an agent asked by its address that never answered before: a machine that compiles on all cores answers within it. Somebody named it, so it is worth a wait
    /// that is paid once in a build.
    /// </summary>
    public TimeSpan LongestPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>For one that answers at once as a rule: a busy machine may be late by this much.</summary>
    public TimeSpan ShortestPatience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>After which a question by address is sent once more: twice a slow LAN's round trip.</summary>
    public TimeSpan Retransmit { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>For the first answer to a shout, and for agents that answered an earlier one.</summary>
    public TimeSpan Shout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After the first answer to a shout, for the others of a LAN not known yet.</summary>
    public TimeSpan AfterFirst { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>For the addresses of names; a name that takes longer is asked with the next question.</summary>
    public TimeSpan NameResolution { get; init; } = TimeSpan.FromMilliseconds(250);
}
