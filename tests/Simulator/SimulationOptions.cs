namespace DistBuild.Simulator;

/// <summary>One simulated network and what happens on it.</summary>
internal sealed record SimulationOptions
{
    public int Seed { get; init; } = 1;

    public int Agents { get; init; } = 1000;

    public int Clients { get; init; } = 300;

    /// <summary>Of each client, all wanted at the same moment.</summary>
    public int Units { get; init; } = 40;

    /// <summary>The part of them that is wanted by others too: each is one of a common pool as large as one client's units.</summary>
    public double Shared { get; init; } = 0.3;

    /// <summary>Compilers that a client's own machine runs at once.</summary>
    public int LocalSlots { get; init; } = 1;

    /// <summary>The part of datagrams that is lost, each way.</summary>
    public double Loss { get; init; }

    /// <summary>Agents that say they are free, take every unit and deliver none.</summary>
    public int Liars { get; init; }

    /// <summary>Agents that die during the first seconds: one half is reset, one half freezes.</summary>
    public int Dying { get; init; }

    /// <summary>Ask everybody, as on a small network.</summary>
    public bool AsksEverybody { get; init; }

    /// <summary>Slow slots leave heavy units to faster ones.</summary>
    public bool KeepsHeavyFromSlow { get; init; } = true;

    /// <summary>Clients know from earlier builds how long each unit takes.</summary>
    public bool KnowsTimes { get; init; } = true;
}
