using System.IO.Compression;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>A preprocessed text as content: compressed while it is sent, unless it is small or does not leave the machine.</summary>
internal static class TextContent
{
    public static ContentEncoding EncodingFor(int length, bool staysOnThisMachine) =>
        staysOnThisMachine || length < WireLimits.SmallestCompressed ? ContentEncoding.Raw : ContentEncoding.Deflate;

    /// <summary>The chunks of a text, made as they are asked for: a text given up early is not compressed to its end.</summary>
    public static IEnumerable<Chunk> Chunks(ReadOnlyMemory<byte> text, ContentEncoding encoding) =>
        encoding == ContentEncoding.Raw ? Slices(text) : Deflated(text);

    private static IEnumerable<Chunk> Slices(ReadOnlyMemory<byte> text)
    {
        for (int i = 0; i < text.Length; i += WireLimits.ChunkSize)
        {
            yield return new Chunk(text.Slice(i, Math.Min(WireLimits.ChunkSize, text.Length - i)));
        }
    }

    private static IEnumerable<Chunk> Deflated(ReadOnlyMemory<byte> text)
    {
        using MemoryStream compressed = new();
        using (DeflateStream deflater = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (Chunk slice in Slices(text))
            {
                byte[] bytes = slice.Data.ToArray();
                deflater.Write(bytes, 0, bytes.Length);
                if (compressed.Length >= WireLimits.ChunkSize)
                {
                    foreach (Chunk chunk in Slices(compressed.ToArray()))
                    {
                        yield return chunk;
                    }

                    compressed.SetLength(0);
                }
            }
        }

        foreach (Chunk chunk in Slices(compressed.ToArray()))
        {
            yield return chunk;
        }
    }
}
