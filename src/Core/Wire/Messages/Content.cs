using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>How content crosses the network.</summary>
public enum ContentEncoding : byte
{
    /// <summary>As it is.</summary>
    Raw = 0,

    /// <summary>RFC 1951.</summary>
    Deflate = 1,
}

/// <summary>A piece of the content announced on its stream, after encoding; never empty, at most <see cref="WireLimits.MaxPayload"/>.</summary>
public sealed record Chunk(ReadOnlyMemory<byte> Data) : WireMessage
{
    public override FrameType Type => FrameType.Chunk;

    public override void Write(PayloadWriter payload) => payload.Bytes(Data.Span);
}

/// <summary>What the chunks that follow are: object, standard output and standard error, one after the other.</summary>
/// <remarks><code>
/// | encoding u8 | object u32 | output u32 | errors u32 | digest 32 |
/// </code></remarks>
/// <param name="Object">Bytes, decoded; like the two others.</param>
/// <param name="Digest">SHA-256 over the three lengths, as written here, the SHA-256 of the object, and the bytes of output and errors.</param>
public sealed record ContentHeader(ContentEncoding Encoding, int Object, int Output, int Errors, Digest Digest)
{
    public int Total => Object + Output + Errors;

    internal static ContentHeader? Read(ref PayloadReader reader)
    {
        ContentEncoding encoding = (ContentEncoding)reader.U8();
        int content = reader.Length(WireLimits.MaxContent);
        int output = reader.Length(WireLimits.MaxContent - content);
        int errors = reader.Length(WireLimits.MaxContent - content - output);
        Digest digest = reader.Digest();
        return encoding <= ContentEncoding.Deflate ? new(encoding, content, output, errors, digest) : null;
    }

    internal void Write(PayloadWriter payload) =>
        payload.U8((byte)Encoding).U32((uint)Object).U32((uint)Output).U32((uint)Errors).Digest(Digest);
}
