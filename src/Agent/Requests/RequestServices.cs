using DistBuild.Core.Client;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Requests;

/// <summary>What every request works with; one for the whole agent.</summary>
/// <param name="Stopping">The agent is going away: nothing new is begun.</param>
internal sealed record RequestServices(
    ICompileService Compiles,
    ISlotPool Slots,
    IAgentState State,
    InFlightTable InFlight,
    ClaimTable Claims,
    ManifestStore Manifests,
    StoreCensus Census,
    RequestLimits Limits,
    ILogger Logger,
    Func<int> Connections,
    DateTimeOffset Started,
    TimeProvider Time,
    CancellationToken Stopping);

/// <summary>What one client may hold, and for how long.</summary>
internal sealed record RequestLimits
{
    /// <summary>Streams open at once: a batch of a build in one go; each costs some hundred bytes while it waits.</summary>
    public ushort Streams { get; init; } = 256;

    /// <summary>Results of one connection in memory at once.</summary>
    public int ContentsAtOnce { get; init; } = 4;

    /// <summary>From grant to compile: a client answers in one round trip, unless it died.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Without any piece of announced content, which holds a slot or memory meanwhile.</summary>
    public TimeSpan UploadSilence { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Without a sign of life from a client that holds a claim for which others wait: it gives one every second. A client that is slow, and comes back, loses nothing but
    /// being the only one.
    /// </summary>
    public TimeSpan ClaimSilence { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>For a claimed result that only its client has, while others wait for it.</summary>
    public TimeSpan ClaimUpload { get; init; } = TimeSpan.FromSeconds(5);
}
