using System.Collections.Concurrent;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>Manifests, kept in the store like results: a manifest's name is a key of a domain of its own, so neither is ever taken for the other.</summary>
public sealed class ManifestStore(ObjectStore store)
{
    private readonly ConcurrentDictionary<Digest, object> _gates = new();
    private readonly TextPool _texts = new();

    public Manifest? TryGet(Digest key)
    {
        Manifest? manifest = null;
        return store.Use(key, kept => (manifest = ManifestFormat.TryRead(kept.Result.Object, _texts)) is not null) ? manifest : null;
    }

    /// <summary>Adds an entry. Of two processes that add at once one entry may be lost, which costs one preprocessing.</summary>
    public void Add(Digest key, ManifestEntry entry)
    {
        lock (_gates.GetOrAdd(key, static _ => new object()))
        {
            Manifest known = TryGet(key) ?? Manifest.Empty;
            if (known.Entries.Count == 0 || known.Entries[0].Result != entry.Result || (entry.Lists & ~known.Entries[0].Lists) != 0)
            {
                Write(key, known.With(entry));
            }
        }
    }

    /// <summary>Adds the entries somebody else has made.</summary>
    public void Add(Digest key, Manifest others)
    {
        foreach (ManifestEntry entry in others.Entries.Reverse())
        {
            Add(key, entry);
        }
    }

    /// <summary>Remembers that the contents of files do not decide this unit's result: it has to be preprocessed.</summary>
    public void AddNone(Digest key) => Write(key, Manifest.Empty);

    private void Write(Digest key, Manifest manifest) =>
        store.TryAdd(key, new CompiledResult(ManifestFormat.Write(manifest), ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty), Environment.MachineName);
}
