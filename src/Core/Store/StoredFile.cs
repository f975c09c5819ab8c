using DistBuild.Core.Hashing;

namespace DistBuild.Core.Store;

/// <summary>Entry files: reading, marking as used, removing. Nothing here throws for the state of the disk.</summary>
internal static class StoredFile
{
    /// <summary>A hit writes the time at most this often, so that a build full of hits writes nearly nothing.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromHours(1);

    /// <summary>Reads a file once, into one buffer that the entry's memories share.</summary>
    public static EntryVerdict Read(string path, out StoredEntry? entry)
    {
        entry = null;
        try
        {
            using RentedFile? file = RentedFile.Read(path, EntryFormat.MaximumLength);
            return file is { } whole ? EntryFormat.Read(whole.Bytes.ToArray(), out entry) : EntryVerdict.Damaged;
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            return EntryVerdict.Absent;
        }
    }

    /// <summary>Reads a file into memory that is the entry's only until <paramref name="file"/> is disposed.</summary>
    public static EntryVerdict Rent(string path, out RentedFile? file, out StoredEntry? entry)
    {
        file = null;
        entry = null;
        try
        {
            file = RentedFile.Read(path, EntryFormat.MaximumLength);
            return file is { } whole ? EntryFormat.Read(whole.Bytes, out entry) : EntryVerdict.Damaged;
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            return EntryVerdict.Absent;
        }
    }

    /// <summary>Reads a file and also checks what a build takes on trust from the checksum: the content digest and the name.</summary>
    public static EntryVerdict ReadFully(string path, StoreLayout layout)
    {
        EntryVerdict verdict = Read(path, out StoredEntry? entry);
        return verdict == EntryVerdict.Whole
            && (Digest.Of(entry!.Result.Object.Span) != entry.Content || layout.EntryPath(entry.Key.Fingerprint) != path)
            ? EntryVerdict.Damaged
            : verdict;
    }

    public static void MarkUsed(string path)
    {
        try
        {
            DateTime now = DateTime.UtcNow;
            if ((now - File.GetLastWriteTimeUtc(path)).Duration() > UseResolution)
            {
                File.SetLastWriteTimeUtc(path, now);
            }
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            // A read-only store, or another account's: its owner decides what is old.
        }
    }

    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            return false;
        }
    }
}
