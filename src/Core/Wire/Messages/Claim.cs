using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>
/// Wants to be the only one on the network who compiles a key. Asked of the key's home agent; answered by <see cref="Found"/>, <see cref="Elsewhere"/> or claimed,
/// after taken when somebody else holds the claim.
/// </summary>
/// <remarks><code>
/// | key 32 | retry u8 (0, 1) |
/// </code></remarks>
/// <param name="Retry">Whoever the agent named before does not have it: forget that.</param>
public sealed record Claim(Digest Key, bool Retry) : WireMessage
{
    public override FrameType Type => FrameType.Claim;

    public static Claim Read(ref PayloadReader reader) => new(reader.Digest(), reader.Flag());

    public override void Write(PayloadWriter payload) => payload.Digest(Key).Flag(Retry);
}

/// <summary>The claimed key was compiled. A claim that ends in another way (cancel, a lost connection) goes to the next who waits.</summary>
/// <remarks><code>
/// | agent id 16 |
/// </code></remarks>
/// <param name="Agent">Who keeps the result; zeros when only the client has it.</param>
public sealed record Settle(Guid Agent) : WireMessage
{
    public override FrameType Type => FrameType.Settle;

    public static Settle Read(ref PayloadReader reader) => new(reader.Guid());

    public override void Write(PayloadWriter payload) => payload.Guid(Agent);
}

/// <summary>The claim is over.</summary>
/// <remarks><code>
/// | wanted u8 (0, 1) |
/// </code></remarks>
/// <param name="IsWanted">Somebody waits for the result, and no agent has it: the client should offer it with <see cref="Keep"/>.</param>
public sealed record Settled(bool IsWanted) : WireMessage
{
    public override FrameType Type => FrameType.Settled;

    public static Settled Read(ref PayloadReader reader) => new(reader.Flag());

    public override void Write(PayloadWriter payload) => payload.Flag(IsWanted);
}

/// <summary>Another agent has the result.</summary>
/// <remarks><code>
/// | agent id 16 |
/// </code></remarks>
public sealed record Elsewhere(Guid Agent) : WireMessage
{
    public override FrameType Type => FrameType.Elsewhere;

    public static Elsewhere Read(ref PayloadReader reader) => new(reader.Guid());

    public override void Write(PayloadWriter payload) => payload.Guid(Agent);
}
