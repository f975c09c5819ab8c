namespace DistBuild.Core.Store;

/// <summary>Keeps a store below its limit: a cheap look at the size estimate, and only when needed a count and a removal of the least recently used.</summary>
internal sealed class StoreTrimmer(StoreLayout layout, long limit)
{
    /// <summary>The share of the limit that stays after a removal, so that the next builds need none.</summary>
    public const double Kept = 0.9;

    /// <summary>A temporary file this old belongs to a process that was killed: no add takes a day.</summary>
    public static readonly TimeSpan StaleAge = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private long _added;

    /// <summary>Bytes that this process added; they enter the estimate with the next trim.</summary>
    public void Added(long bytes) => Interlocked.Add(ref _added, bytes);

    /// <summary>After a removal of everything: the next trim counts anew.</summary>
    public void Forget() => StoredFile.TryDelete(layout.Size);

    public void Trim(CancellationToken cancellationToken)
    {
        // Another thread or another process trims already: that is enough.
        if (!Monitor.TryEnter(_gate))
        {
            return;
        }

        try
        {
            RemoveStale();
            using SizeEstimate? estimate = SizeEstimate.TryOpen(layout.Size);
            if (estimate is not null)
            {
                Trim(estimate, cancellationToken);
            }
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            // A store that cannot be trimmed now is trimmed by a later build or by another process; adds report what is wrong with it.
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void Trim(SizeEstimate estimate, CancellationToken cancellationToken)
    {
        long added = Interlocked.Exchange(ref _added, 0);
        if (estimate.Read(DateTime.UtcNow) is long bytes && bytes + added <= limit)
        {
            estimate.Add(added);
        }
        else if (RemoveOldest(cancellationToken) is long counted)
        {
            estimate.Set(counted, DateTime.UtcNow);
        }
        else
        {
            Interlocked.Add(ref _added, added);
        }
    }

    /// <summary>Counts all entries and removes the oldest if they are too many; the bytes that stay, or null when cancelled.</summary>
    private long? RemoveOldest(CancellationToken cancellationToken)
    {
        List<(string Path, long Length, DateTime Used)> entries = [];
        long bytes = 0;
        foreach (FileInfo file in layout.Entries())
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            entries.Add((file.FullName, file.Length, file.LastWriteTimeUtc));
            bytes += file.Length;
        }

        if (bytes <= limit)
        {
            return bytes;
        }

        entries.Sort((left, right) => left.Used.CompareTo(right.Used));
        long goal = (long)(limit * Kept);
        foreach ((string path, long length, _) in entries)
        {
            if (bytes <= goal)
            {
                break;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            bytes -= StoredFile.TryDelete(path) ? length : 0;
        }

        return bytes;
    }

    private void RemoveStale()
    {
        DateTime stale = DateTime.UtcNow - StaleAge;
        foreach (FileInfo file in layout.TemporaryFiles())
        {
            if (file.LastWriteTimeUtc < stale)
            {
                StoredFile.TryDelete(file.FullName);
            }
        }
    }
}
