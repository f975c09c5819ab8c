using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Store;

/// <summary>
/// A folder of compile results, safe for many processes at once. No method throws for the state of the disk: damage is a miss, and what
/// could not be kept is reported once through <see cref="Problem"/>.
/// </summary>
public sealed class ObjectStore
{
    private ObjectStore(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The first thing that kept this store from working (full, read-only, wrong owner, newer version), for one warning per build; else null.</summary>
    public string? Problem => null;

    /// <param name="sizeLimit">Bytes; least recently used entries go first when it is passed.</param>
    public static ObjectStore Open(string folder, long sizeLimit) => throw new NotImplementedException();

    /// <summary>The entry of a key with its checksums verified, or null.</summary>
    public CompiledResult? TryGet(Digest key) => throw new NotImplementedException();

    /// <summary>Keeps a result, whole or not at all; true when it is in the store afterwards.</summary>
    public bool TryAdd(Digest key, CompiledResult result, string producer) => throw new NotImplementedException();

    /// <summary>Whether an entry with this fingerprint is here, by one look at the file system: a hint for "who has?", not a promise.</summary>
    public bool MayHave(ulong fingerprint) => throw new NotImplementedException();

    /// <summary>Removes least recently used entries until the store is below its limit; quick when it already is.</summary>
    public void Trim(CancellationToken cancellationToken) => throw new NotImplementedException();

    public StoreStatistics Statistics() => throw new NotImplementedException();
}

/// <summary>What a store holds now. Sizes are bytes.</summary>
public sealed record StoreStatistics(string Folder, long Entries, long Bytes, long Limit);
