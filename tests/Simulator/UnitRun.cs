using DistBuild.Agent.Requests;

namespace DistBuild.Simulator;

/// <summary>A unit on its way through a client's build.</summary>
internal sealed class UnitRun(SimulatedUnit unit)
{
    public SimulatedUnit Unit { get; } = unit;

    /// <summary>What it was expected to take when it began to wait.</summary>
    public TimeSpan Queued { get; set; }

    /// <summary>It has its result; by whom it came first.</summary>
    public bool IsDone { get; set; }

    public ClaimPlace? Claim { get; set; }

    public bool IsUnclaimable { get; set; }

    /// <summary>A slot here has joined the race for it.</summary>
    public bool IsRaced { get; set; }

    /// <summary>Its way elsewhere, while there is one.</summary>
    public Elsewhere? There { get; set; }

    /// <summary>The compiler here, while it runs.</summary>
    public CancellationTokenSource? Here { get; set; }
}

/// <summary>A way elsewhere.</summary>
/// <param name="Started">By the simulation's clock.</param>
internal sealed record Elsewhere(TimeSpan Started, TimeSpan Expected, TimeSpan Here)
{
    public CancellationTokenSource Cancellation { get; } = new();

    public bool IsGivenUp { get; set; }
}
