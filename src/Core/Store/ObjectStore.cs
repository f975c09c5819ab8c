using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Store;

/// <summary>
/// A folder of compile results, safe for many processes at once. No method throws for the state of the disk: damage is a miss, and what
/// could not be kept is reported once through <see cref="Problem"/>. The layout and the guarantees are in docs/store.md.
/// </summary>
public sealed class ObjectStore
{
    // Null: a newer DistBuild's folder, or no path at all; then every question has the answer of an empty store.
    private readonly StoreLayout? _layout;
    private readonly StoreTrimmer? _trimmer;
    private readonly long _limit;
    private string? _problem;

    private ObjectStore(string folder, StoreLayout? layout, long limit, string? problem)
    {
        Folder = folder;
        _layout = layout;
        _limit = limit;
        _trimmer = layout is null ? null : new StoreTrimmer(layout, limit);
        _problem = problem;
    }

    public string Folder { get; }

    /// <summary>What first kept this store from working (full, read-only, wrong owner, newer version), for one warning per build; else null.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <param name="sizeLimit">Bytes; least recently used entries go first when it is passed.</param>
    public static ObjectStore Open(string folder, long sizeLimit)
    {
        StoreLayout? layout = null;
        try
        {
            layout = new StoreLayout(Path.GetFullPath(folder));
            if (StoreMarker.ForeignVersion(layout) is string version)
            {
                return new ObjectStore(folder, null, sizeLimit, StoreProblem.Newer(folder, version));
            }

            layout.Create();
            StoreMarker.Write(layout);
            return new ObjectStore(folder, layout, sizeLimit, null);
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            // A store that cannot be written may still be read: a read-only mount of a filled one gives hits.
            return new ObjectStore(folder, layout, sizeLimit, StoreProblem.Describe(folder, e));
        }
    }

    /// <summary>The result of a key with its checksum verified, or null.</summary>
    public CompiledResult? TryGet(Digest key) => TryGetEntry(key)?.Result;

    /// <summary>The entry of a key with its checksum verified, or null. A hit counts as use.</summary>
    public StoredEntry? TryGetEntry(Digest key)
    {
        string? path = _layout?.EntryPath(key.Fingerprint);
        return path is not null && Believe(path, key, StoredFile.Read(path, out StoredEntry? entry), entry) ? entry : null;
    }

    /// <summary>
    /// As <see cref="TryGetEntry"/>, for a build that takes thousands of entries one after another: the entry's memory is used again for the next one, so nothing of
    /// it may be kept when <paramref name="use"/> returns.
    /// </summary>
    /// <returns>What <paramref name="use"/> returned; false where there is no entry.</returns>
    internal bool Use(Digest key, Func<StoredEntry, bool> use)
    {
        string? path = _layout?.EntryPath(key.Fingerprint);
        if (path is null)
        {
            return false;
        }

        EntryVerdict verdict = StoredFile.Rent(path, out RentedFile? file, out StoredEntry? entry);
        using (file)
        {
            return Believe(path, key, verdict, entry) && use(entry!);
        }
    }

    /// <summary>Keeps a result, whole or not at all; true when it is in the store afterwards.</summary>
    /// <param name="producer">Who compiled it, for a person who finds it wrong; at most <see cref="EntryFormat.MaximumProducer"/> bytes are kept.</param>
    public bool TryAdd(Digest key, CompiledResult result, string producer)
    {
        if (_layout is null || result.Object.IsEmpty || EntryFormat.LengthOf(result, producer) is not int length || length > _limit)
        {
            return false;
        }

        byte[] entry = EntryFormat.Write(key, result, producer);
        string path = _layout.EntryPath(key.Fingerprint);
        for (bool again = false; ; again = true)
        {
            string temporary = _layout.NewTemporaryPath();
            try
            {
                AtomicFile.Write(path, temporary, entry, CancellationToken.None);
                _trimmer!.Added(length);
                return true;
            }
            catch (DirectoryNotFoundException) when (!again && TryCreateFolders(_layout, path))
            {
            }
            catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
            {
                Report(e);
                return false;
            }
        }
    }

    /// <summary>Takes an entry out, for one that proved wrong; a missing entry is fine.</summary>
    public void Remove(Digest key)
    {
        if (_layout?.EntryPath(key.Fingerprint) is string path
            && StoredFile.Read(path, out StoredEntry? entry) != EntryVerdict.Absent
            && (entry is null || entry.Key == key))
        {
            StoredFile.TryDelete(path);
        }
    }

    /// <summary>Whether an entry with this fingerprint is here, by one look at the file system: a hint for "who has?", not a promise.</summary>
    public bool MayHave(ulong fingerprint) => _layout is not null && File.Exists(_layout.EntryPath(fingerprint));

    /// <summary>
    /// Removes least recently used entries until the store is at 90 % of its limit, and what crashed processes left; quick when it is below the limit.
    /// Call it after a batch of adds; a cancelled call just ends early.
    /// </summary>
    public void Trim(CancellationToken cancellationToken) => _trimmer?.Trim(cancellationToken);

    /// <summary>Counts every entry.</summary>
    public StoreStatistics Statistics() => Statistics(null);

    /// <inheritdoc cref="Statistics()"/>
    /// <param name="sample">Gets those entries that belong to it.</param>
    public StoreStatistics Statistics(StoreSample? sample)
    {
        long entries = 0, bytes = 0;
        foreach (FileInfo file in _layout?.Entries() ?? [])
        {
            entries++;
            bytes += file.Length;
            if (sample is not null && StoreLayout.TryFingerprint(file.FullName, out ulong fingerprint))
            {
                sample.Add(fingerprint);
            }
        }

        return new StoreStatistics(Folder, entries, bytes, _limit);
    }

    /// <summary>Reads every entry, checks it in every way there is, and removes those that are damaged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was checked stays checked.</exception>
    public StoreVerification Verify(CancellationToken cancellationToken)
    {
        long entries = 0, bytes = 0, removed = 0;
        foreach (FileInfo file in _layout?.Entries() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (StoredFile.ReadFully(file.FullName, _layout!))
            {
                case EntryVerdict.Damaged:
                    removed += StoredFile.TryDelete(file.FullName) ? 1 : 0;
                    break;
                case EntryVerdict.Whole or EntryVerdict.Newer:
                    entries++;
                    bytes += file.Length;
                    break;
            }
        }

        return new StoreVerification(entries, bytes, removed);
    }

    /// <summary>Removes every entry; returns how many.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was removed stays removed.</exception>
    public long Clear(CancellationToken cancellationToken)
    {
        long removed = 0;
        foreach (FileInfo file in _layout?.Entries() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            removed += StoredFile.TryDelete(file.FullName) ? 1 : 0;
        }

        _trimmer?.Forget();
        return removed;
    }

    private static bool Believe(string path, Digest key, EntryVerdict verdict, StoredEntry? entry)
    {
        // A bad checksum, a newer format or a short file all mean the same to a build: we do not have it.
        if (verdict == EntryVerdict.Damaged)
        {
            StoredFile.TryDelete(path);
        }

        // Another key with the same fingerprint is a miss; the next add replaces it.
        if (verdict != EntryVerdict.Whole || entry!.Key != key)
        {
            return false;
        }

        StoredFile.MarkUsed(path);
        return true;
    }

    private bool TryCreateFolders(StoreLayout layout, string path)
    {
        try
        {
            layout.Create();
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return true;
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            Report(e);
            return false;
        }
    }

    private void Report(Exception e) => Interlocked.CompareExchange(ref _problem, StoreProblem.Describe(Folder, e), null);
}
