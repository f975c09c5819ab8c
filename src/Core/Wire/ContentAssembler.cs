using System.Buffers;
using System.IO.Compression;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>
/// Puts chunks together and decodes them. Holds at most what really arrived: what was announced is only a limit, so that a small frame cannot make us allocate much.
/// </summary>
public sealed class ContentAssembler
{
    // RFC 1951 compresses at most 258 bytes into 2 bits; a little for the end.
    private const int LargestRatio = 1032;
    private const int FirstBuffer = 64 * 1024;

    private readonly ContentEncoding _encoding;
    private readonly int _length;
    private readonly int _limit;
    private byte[] _bytes;
    private int _count;

    /// <param name="length">Bytes, decoded; checked against a limit by the caller.</param>
    public ContentAssembler(ContentEncoding encoding, int length)
    {
        (_encoding, _length) = (encoding, length);

        // What does not compress grows by an eighth at most, in a writer that uses the fixed codes of RFC 1951 (9 bits for a byte).
        _limit = encoding == ContentEncoding.Raw ? length : length + (length >> 3) + 64;
        _bytes = new byte[Math.Min(_limit, FirstBuffer)];
    }

    /// <summary>Adds a chunk; false when there are more bytes than the announced content can have.</summary>
    public bool Append(ReadOnlySequence<byte> chunk)
    {
        int count = (int)chunk.Length;
        if (count > _limit - _count)
        {
            return false;
        }

        if (_count + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(_limit, Math.Max(_bytes.Length * 2, _count + count)));
        }

        chunk.CopyTo(_bytes.AsSpan(_count));
        _count += count;
        return true;
    }

    /// <summary>The decoded content, or null when what arrived is not exactly what was announced.</summary>
    public byte[]? Complete() => _encoding == ContentEncoding.Raw ? CompleteRaw() : Inflate();

    private byte[]? CompleteRaw()
    {
        if (_count != _length)
        {
            return null;
        }

        Array.Resize(ref _bytes, _count);
        return _bytes;
    }

    private byte[]? Inflate()
    {
        if (_length / LargestRatio > _count)
        {
            return null;
        }

        byte[] content = new byte[_length];
        try
        {
            using MemoryStream compressed = new(_bytes, 0, _count);
            using DeflateStream inflater = new(compressed, CompressionMode.Decompress);
            int total = 0, read;
            while (total < _length && (read = inflater.Read(content, total, _length - total)) > 0)
            {
                total += read;
            }

            return total == _length && inflater.ReadByte() < 0 ? content : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException) // mono says the latter.
        {
            return null;
        }
    }
}
