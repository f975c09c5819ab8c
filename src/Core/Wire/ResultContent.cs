using System.Buffers.Binary;
using System.Security.Cryptography;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>
/// A compile's outputs as content: object, standard output and standard error, one after the other, sent as they are: objects cross a LAN sooner than
/// they compress.
/// </summary>
public static class ResultContent
{
    /// <summary>What announces a result; null when it is larger than <see cref="WireLimits.MaxContent"/>.</summary>
    public static ContentHeader? Describe(CompiledResult result) => Describe(result, Digest.Of(result.Object.Span));

    /// <summary>What announces an entry of a store: its object's digest was taken when it was added, so damage since then shows at the other end.</summary>
    public static ContentHeader? Describe(StoredEntry entry) => Describe(entry.Result, entry.Content);

    /// <summary>Sends the chunks; the end is the caller's.</summary>
    /// <exception cref="ChannelEndedException">The connection has ended.</exception>
    public static async Task SendAsync(FrameChannel channel, ushort stream, CompiledResult result, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> part in (ReadOnlyMemory<byte>[])[result.Object, result.Output, result.Errors])
        {
            for (int i = 0; i < part.Length; i += WireLimits.ChunkSize)
            {
                Chunk chunk = new(part.Slice(i, Math.Min(WireLimits.ChunkSize, part.Length - i)));
                await channel.SendAsync(stream, chunk, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The result that arrived, or null when its digest is not the announced one.</summary>
    /// <param name="content">As many bytes as the header says.</param>
    public static CompiledResult? Read(ContentHeader header, byte[] content)
    {
        CompiledResult result = new(
            content.AsMemory(0, header.Object),
            content.AsMemory(header.Object, header.Output),
            content.AsMemory(header.Object + header.Output, header.Errors));
        return Combine(result, Digest.Of(result.Object.Span)) == header.Digest ? result : null;
    }

    private static ContentHeader? Describe(CompiledResult result, Digest content)
    {
        long total = (long)result.Object.Length + result.Output.Length + result.Errors.Length;
        return total > WireLimits.MaxContent
            ? null
            : new ContentHeader(ContentEncoding.Raw, result.Object.Length, result.Output.Length, result.Errors.Length, Combine(result, content));
    }

    private static Digest Combine(CompiledResult result, Digest content)
    {
        byte[] lengths = new byte[3 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(lengths, (uint)result.Object.Length);
        BinaryPrimitives.WriteUInt32BigEndian(lengths.AsSpan(4), (uint)result.Output.Length);
        BinaryPrimitives.WriteUInt32BigEndian(lengths.AsSpan(8), (uint)result.Errors.Length);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(lengths);
        hash.AppendData(content.ToArray());
        Append(hash, result.Output);
        Append(hash, result.Errors);
        return new Digest(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlyMemory<byte> bytes) =>
#if NETSTANDARD2_0
        hash.AppendData(bytes.ToArray());
#else
        hash.AppendData(bytes.Span);
#endif
}
