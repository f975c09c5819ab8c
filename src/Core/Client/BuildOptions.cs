namespace DistBuild.Core.Client;

/// <summary>What a build may be told; every value has a default, and each is an MSBuild property and an environment variable of the name given here.</summary>
public sealed record BuildOptions
{
    /// <summary>The UDP and TCP port of agents. Unassigned by IANA, outside the usual ephemeral ranges.</summary>
    public const int DefaultPort = 27182;

    /// <summary>DistBuildStore: the folder of the local store.</summary>
    public required string Store { get; init; }

    /// <summary>DistBuildStoreSize, bytes (<c>10G</c>, <c>500M</c>). 10 GiB holds several full builds of a large C++ code base.</summary>
    public long StoreSize { get; init; } = 10L << 30;

    /// <summary>DistBuildAgents: agents asked by unicast, in addition to discovery.</summary>
    public IReadOnlyList<AgentAddress> Agents { get; init; } = [];

    /// <summary>DistBuildDiscovery: ask the LAN by broadcast.</summary>
    public bool Broadcast { get; init; } = true;

    /// <summary>DistBuildPort.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>DistBuildClusterKeyFile, or null: then only agents on loopback are believed.</summary>
    public string? ClusterKeyFile { get; init; }

    /// <summary>DistBuildLocalSlots: units compiled here at once; null is one per processor; 0 compiles cacheable units here only when every other way failed.</summary>
    public int? LocalSlots { get; init; }

    /// <summary>DistBuildVerify: percent of the hits that are compiled here all the same and compared; 0 to 100.</summary>
    public int Verify { get; init; }

    /// <summary>DistBuildReport: path of the JSON report, or null.</summary>
    public string? Report { get; init; }

    /// <summary>DistBuildCompileCommands: path of a compile_commands.json, or null.</summary>
    public string? CompileCommands { get; init; }
}

/// <summary>Where an agent listens.</summary>
public sealed record AgentAddress(string Host, int Port)
{
    public override string ToString() => $"{Host}:{Port}";
}
