namespace DistBuild.Core.Client;

/// <summary>How long a connection waits for its agent.</summary>
internal sealed record ConnectionTimings
{
    /// <summary>Until TCP is connected: a LAN needs milliseconds, and the build waits.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From there until the agent has accepted: TLS on a machine whose every core compiles.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at the connection.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Looks without any frame after which an agent that owes an answer is lost: three of its heartbeats. Counted in looks and not by a clock, so that a client that was
    /// suspended does not blame the agent.
    /// </summary>
    public int SilentTicks { get; init; } = 6;

    /// <summary>Looks between two signs of life to the agent.</summary>
    public int AliveTicks { get; init; } = 20;
}
