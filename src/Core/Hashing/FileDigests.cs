using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DistBuild.Core.Hashing;

/// <summary>
/// SHA-256 of files' contents for one build: a file is read once, whoever asks and however often, and read again only when its identity changed
/// or when it was written so shortly before the first reading that a later write could look the same. Safe for many threads.
/// </summary>
public sealed class FileDigests
{
    private const int BufferLength = 128 * 1024;

    // A file that changes under every reading is being written right now; a build cannot know its content.
    private const int ReadingAttempts = 3;

    private readonly ConcurrentDictionary<string, Lazy<Content>> _contents = new(FilePathComparer.Instance);
    private int _readings;

    /// <summary>How often a file's content was read.</summary>
    public int Readings => Volatile.Read(ref _readings);

    /// <summary>The digest of a file's content now; null when it is missing, cannot be read, or keeps changing while it is read.</summary>
    public Digest? TryGet(string path)
    {
        while (FileIdentity.TryRead(path, out FileIdentity now))
        {
            Lazy<Content> known = _contents.GetOrAdd(path, Reading);
            bool fresh = !known.IsValueCreated;
            Content content = known.Value;
            if (fresh || content.HoldsFor(now))
            {
                return content.Digest;
            }

            // Whoever replaces it first reads it; the others find that reading in the next round.
            _contents.TryUpdate(path, Reading(path), known);
        }

        return null;
    }

    private Lazy<Content> Reading(string path) => new(() => Read(path));

    private Content Read(string path)
    {
        for (int attempt = 0; attempt < ReadingAttempts && FileIdentity.TryRead(path, out FileIdentity before); attempt++)
        {
            long started = FileIdentity.Now();
            Digest? digest = Hash(path);
            if (digest is null)
            {
                break;
            }

            if (FileIdentity.TryRead(path, out FileIdentity after) && after == before)
            {
                return new Content(before, digest, before.SettledBefore(started));
            }
        }

        return default;
    }

    private Digest? Hash(string path)
    {
        Interlocked.Increment(ref _readings);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            int read = Fill(stream, buffer);
            return read < buffer.Length ? Digest.Of(buffer.AsSpan(0, read)) : HashLarge(stream, buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Digest HashLarge(FileStream stream, byte[] filled)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int read = filled.Length; read > 0; read = Fill(stream, filled))
        {
            hash.AppendData(filled, 0, read);
        }

        return new Digest(hash.GetHashAndReset());
    }

    private static int Fill(FileStream stream, byte[] buffer)
    {
        int filled = 0, read;
        while (filled < buffer.Length && (read = stream.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
        }

        return filled;
    }

    private readonly record struct Content(FileIdentity Identity, Digest? Digest, bool Settled)
    {
        public bool HoldsFor(FileIdentity now) => Settled && Identity == now;
    }
}
