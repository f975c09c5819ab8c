using System.Net;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Discovery;

/// <summary>What an agent says of one fingerprint.</summary>
public enum Holding : byte
{
    No = 0,

    /// <summary>The entry is here, whatever its key names: a result or a manifest.</summary>
    Object = 1,
    Compiling = 2,

    /// <summary>Another agent has the result or compiles it; this one is the key's home and says who to those who claim it.</summary>
    Elsewhere = 3,
}

/// <summary>An agent's answer to a question: what it has of what was asked, and how strong and how free it is now.</summary>
/// <param name="Name">The machine's name, for people.</param>
/// <param name="EndPoint">Where it serves TCP.</param>
/// <param name="Certificate">SHA-256 of its TLS certificate; null when it serves without TLS (loopback, no cluster key).</param>
/// <param name="Slots">Compiles it runs at once.</param>
/// <param name="FreeSlots">Of these, idle now.</param>
/// <param name="Queue">Units waiting for a slot.</param>
/// <param name="Power">Measured compile speed relative to other agents, higher is faster; 100 is a typical core.</param>
/// <param name="Load">Processor load of the machine, percent of all cores.</param>
/// <param name="FreeMemory">MiB.</param>
/// <param name="Toolchains">Fingerprints of the asked toolchains it has.</param>
/// <param name="Holdings">By asked fingerprint; a missing one is <see cref="Holding.No"/>.</param>
public sealed record Offer(
    Guid AgentId,
    string Name,
    IPEndPoint EndPoint,
    Digest? Certificate,
    int Slots,
    int FreeSlots,
    int Queue,
    int Power,
    int Load,
    int FreeMemory,
    IReadOnlyCollection<ulong> Toolchains,
    IReadOnlyDictionary<ulong, Holding> Holdings);
