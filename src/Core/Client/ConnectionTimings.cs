using DistBuild.Core.Wire;

namespace DistBuild.Core.Client;

/// <summary>How long a connection waits for its agent.</summary>
internal sealed record ConnectionTimings
{
    /// <summary>Until TCP is connected: a LAN needs milliseconds, and the build waits.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From there until the agent has accepted: TLS on a machine whose every core compiles.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An agent that owes an answer gives a sign of life every second, and is lost after 3 s without: the most a build may lose to one that froze.
    /// This side's own signs, every 10 s, only keep an idle connection.
    /// </summary>
    public WatchTimings Watch { get; init; } = new(TimeSpan.FromMilliseconds(500), SilentTicks: 6, AliveTicks: 20);
}
