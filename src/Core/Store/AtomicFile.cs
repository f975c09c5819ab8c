using System.Runtime.InteropServices;

namespace DistBuild.Core.Store;

/// <summary>
/// Writes files so that whoever looks sees the old content or the new one, never a part. The new file has the permissions of any newly created
/// file; a symbolic link at the destination is replaced, not followed. Data is not forced to the platter: a power cut may lose it, a killed process does not.
/// </summary>
public static class AtomicFile
{
    private const int ChunkLength = 4 << 20;

    // A virus scanner or an indexer on Windows holds a fresh file open for some milliseconds.
    private const int ReplaceAttempts = 6, FirstPauseMilliseconds = 5;

    /// <summary>A path beside the destination that nothing else uses, for a program that writes the file itself; see <see cref="Replace"/>.</summary>
    public static string TemporaryPath(string destination) =>
        Path.Combine(Path.GetDirectoryName(destination) ?? "", $".{Guid.NewGuid():N}.tmp");

    /// <exception cref="IOException">The file could not be written (missing folder, full disk, …). The destination is as it was, and nothing else is left.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="OperationCanceledException">As above.</exception>
    public static void Write(string destination, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Write(destination, TemporaryPath(destination), content, cancellationToken);

    /// <summary>Renames over the destination, which may exist; both must be on one file system.</summary>
    /// <exception cref="IOException">The destination is as it was, and so is the temporary file.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Replace(string temporary, string destination)
    {
        int pause = FirstPauseMilliseconds;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                FileRename.Over(temporary, destination);
                return;
            }
            catch (Exception e) when (attempt < ReplaceAttempts && IsPassing(e))
            {
                Thread.Sleep(pause);
                pause *= 2;
            }
        }
    }

    internal static void Write(string destination, string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                for (; !content.IsEmpty; content = content.Slice(Math.Min(ChunkLength, content.Length)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    WriteChunk(stream, content.Slice(0, Math.Min(ChunkLength, content.Length)));
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            Replace(temporary, destination);
        }
        catch
        {
            StoredFile.TryDelete(temporary);
            throw;
        }
    }

    private static void WriteChunk(FileStream stream, ReadOnlyMemory<byte> chunk)
    {
#if NETSTANDARD2_0
        if (!MemoryMarshal.TryGetArray(chunk, out ArraySegment<byte> segment))
        {
            segment = new ArraySegment<byte>(chunk.ToArray());
        }

        stream.Write(segment.Array, segment.Offset, segment.Count);
#else
        stream.Write(chunk.Span);
#endif
    }

    private static bool IsPassing(Exception e) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        && (e is UnauthorizedAccessException || (e is IOException and not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException)));
}
