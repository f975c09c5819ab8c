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
            byte[]? bytes = ReadWhole(path);
            return bytes is null ? EntryVerdict.Damaged : EntryFormat.Read(bytes, out entry);
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

    // Null: no entry has this length. Sharing with writers and deleters keeps a reader from ever failing an add or a trim on Windows.
    private static byte[]? ReadWhole(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        long length = stream.Length;
        if (length is < EntryFormat.HeaderLength or > EntryFormat.MaximumLength)
        {
            return null;
        }

#if NETSTANDARD2_0
        byte[] bytes = new byte[length];
#else
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
#endif
        for (int filled = 0; filled < bytes.Length;)
        {
            int read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
            {
                return null;
            }

            filled += read;
        }

        return bytes;
    }
}
