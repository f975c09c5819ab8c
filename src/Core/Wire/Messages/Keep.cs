using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

public enum KeepKind : byte
{
    /// <summary>A result that was compiled by the client.</summary>
    Result = 1,

    /// <summary>Manifest entries, as the object of the content; added to those the agent has.</summary>
    Manifest = 2,
}

/// <summary>Offers something to keep; answered by <see cref="Granted"/>, and after chunks and end by kept.</summary>
/// <remarks><code>
/// | key 32 | kind u8 | content header 45 |
/// </code></remarks>
public sealed record Keep(Digest Key, KeepKind Kind, ContentHeader Content) : WireMessage
{
    public override FrameType Type => FrameType.Keep;

    public static Keep? Read(ref PayloadReader reader)
    {
        Digest key = reader.Digest();
        KeepKind kind = (KeepKind)reader.U8();
        return ContentHeader.Read(ref reader) is { } content && kind is KeepKind.Result or KeepKind.Manifest ? new(key, kind, content) : null;
    }

    public override void Write(PayloadWriter payload)
    {
        payload.Digest(Key).U8((byte)Kind);
        Content.Write(payload);
    }
}
