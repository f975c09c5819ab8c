using DistBuild.Core.Wire;

namespace DistBuild.Core.Client;

/// <summary>How long a connection waits for its agent.</summary>
internal sealed record ConnectionTimings
{
    /// <summary>Until TCP is connected: a LAN needs milliseconds, and the build waits.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From there until the agent has accepted, TLS included, on a machine whose every core compiles. Together with the above the most a build waits for one that froze.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An agent that owes an answer gives a sign of life every second, and is lost at most 3 s after its last one: the most a build may lose to one that froze.
    /// This side gives one every second too while it waits for anything: others may wait for what it claimed.
    /// </summary>
    public WatchTimings Watch { get; init; } = new(TimeSpan.FromMilliseconds(250), SilentTicks: 11, AliveTicks: 4);

    /// <summary>Of the signs that are due, one in so many is given on a connection that waits for nothing, so that its agent keeps it.</summary>
    public int IdleSigns { get; init; } = 10;

    /// <summary>What all of it is measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
