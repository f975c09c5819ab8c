using System.Net;

namespace DistBuild.Agent.Hosting;

/// <summary>How an agent was asked to run.</summary>
internal sealed record AgentOptions
{
    public required string Store { get; init; }

    /// <summary>Bytes.</summary>
    public required long StoreSize { get; init; }

    /// <summary>Null: loopback without a cluster key, every interface with one.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>Of UDP and TCP alike; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Compiles at once: one per processor uses the machine fully, and more only costs memory.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>All slots are lent whatever else the machine does, as far as its memory goes.</summary>
    public bool Dedicated { get; init; }

    public string? ClusterKeyFile { get; init; }

    /// <summary>By multicast DNS, where it listens beyond loopback.</summary>
    public bool Announce { get; init; } = true;

    /// <summary>Written when the agent serves, removed when it stops; null for none.</summary>
    public string? ReadyFile { get; init; }

    /// <summary>Where compiles run, and what is measured is remembered.</summary>
    public required string Work { get; init; }
}
