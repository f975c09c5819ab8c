using DistBuild.Core.Store;

namespace DistBuild.Agent.Requests;

/// <summary>What an agent says of itself. The values are read for every datagram: cheap, and never older than about a second.</summary>
internal interface IAgentState
{
    /// <summary>Stays the same as long as the process runs, at least.</summary>
    Guid AgentId { get; }

    /// <summary>For people: the machine's name.</summary>
    string Name { get; }

    /// <summary>Measured compile speed of one core; 100 is a typical core.</summary>
    int Power { get; }

    /// <summary>Processor load of the machine, percent of all cores.</summary>
    int Load { get; }

    /// <summary>MiB.</summary>
    int FreeMemory { get; }

    ObjectStore Store { get; }
}
