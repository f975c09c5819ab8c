using System.Buffers;

namespace DistBuild.Core.Hashing;

/// <summary>
/// A whole file in memory that is used again for the next one: a build reads thousands of files, and as garbage they would make the collector walk through all that
/// the build engine holds. Nothing may refer to the bytes after <see cref="Dispose"/>.
/// </summary>
internal readonly struct RentedFile : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private RentedFile(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlyMemory<byte> Bytes => new(_buffer, 0, _length);

    /// <param name="most">Bytes; of a longer file null is returned.</param>
    /// <returns>Null also for a file that becomes shorter while it is read.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RentedFile? Read(string path, int most)
    {
        // Sharing with writers and deleters: a reader never makes another program fail on Windows.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        long length = stream.Length;
        if (length > most)
        {
            return null;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
        int filled = 0;
        try
        {
            for (int read = 1; filled < length && read > 0; filled += read)
            {
                read = stream.Read(buffer, filled, (int)length - filled);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        RentedFile file = new(buffer, filled);
        if (filled < length)
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
