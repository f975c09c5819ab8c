using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>Asks for the result of a key; answered by <see cref="Found"/> with chunks and end, or by missing.</summary>
/// <remarks><code>
/// | key 32 | wait u8 (0, 1) |
/// </code></remarks>
/// <param name="Wait">If the key is being compiled now, answer when that is over.</param>
public sealed record Fetch(Digest Key, bool Wait) : WireMessage
{
    public override FrameType Type => FrameType.Fetch;

    public static Fetch Read(ref PayloadReader reader) => new(reader.Digest(), reader.Flag());

    public override void Write(PayloadWriter payload) => payload.Digest(Key).Flag(Wait);
}

/// <summary>The result is here and follows.</summary>
/// <remarks><code>
/// | content header 45 |
/// </code></remarks>
public sealed record Found(ContentHeader Content) : WireMessage
{
    public override FrameType Type => FrameType.Found;

    public static Found? Read(ref PayloadReader reader) => ContentHeader.Read(ref reader) is { } content ? new(content) : null;

    public override void Write(PayloadWriter payload) => Content.Write(payload);
}
