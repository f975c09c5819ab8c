using System.Collections.Concurrent;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Client;

/// <summary>An agent that works for a batch: what it can compile, as far as it was asked, and how many of its slots still take units.</summary>
internal sealed class HelpingAgent(Offer offer)
{
    private int _slots;

    public Offer Offer { get; } = offer;

    /// <summary>Fingerprints of toolchains. Each question names only those of its own units, so later offers add to it.</summary>
    public ConcurrentDictionary<ulong, bool> Toolchains { get; } = new();

    public bool IsWorking => Volatile.Read(ref _slots) > 0;

    public bool Has(Digest toolchain) => Toolchains.ContainsKey(toolchain.Fingerprint);

    public void SlotStarts() => Interlocked.Increment(ref _slots);

    public void SlotEnds() => Interlocked.Decrement(ref _slots);
}
