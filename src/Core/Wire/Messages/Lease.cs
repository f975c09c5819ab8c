using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>Waits in the agent's queue for a compile slot; answered by <see cref="Granted"/> or <see cref="Declined"/>.</summary>
/// <remarks><code>
/// | toolchain 32 |
/// </code></remarks>
public sealed record Lease(Digest Toolchain) : WireMessage
{
    public override FrameType Type => FrameType.Lease;

    public static Lease Read(ref PayloadReader reader) => new(reader.Digest());

    public override void Write(PayloadWriter payload) => payload.Digest(Toolchain);
}

/// <summary>The stream holds a slot. A compile, a release or a cancel must follow on it before the time is up.</summary>
/// <remarks><code>
/// | milliseconds u32 |
/// </code></remarks>
public sealed record Granted(uint Milliseconds) : WireMessage
{
    public override FrameType Type => FrameType.Granted;

    public static Granted Read(ref PayloadReader reader) => new(reader.U32());

    public override void Write(PayloadWriter payload) => payload.U32(Milliseconds);
}

public enum DeclineReason : byte
{
    /// <summary>The toolchain is not in the agent's list.</summary>
    Toolchain = 1,

    /// <summary>An argument is not on the allow list of the compiler's family.</summary>
    Arguments = 2,

    /// <summary>The granted slot was not used, or the text stopped coming, for too long.</summary>
    Expired = 3,

    /// <summary>The agent is going away.</summary>
    Stopping = 4,

    /// <summary>The agent could not run the compiler to its end.</summary>
    Failed = 5,

    /// <summary>The result is larger than what this protocol carries.</summary>
    TooLarge = 6,

    /// <summary>The client's role does not allow it.</summary>
    Role = 7,

    /// <summary>The text's object would depend on more than the text: it names a file of the agent's machine, for example.</summary>
    Text = 8,

    /// <summary>The agent's machine is short of memory.</summary>
    Memory = 9,
}

/// <summary>The agent cannot serve this request; the caller falls back.</summary>
/// <remarks><code>
/// | reason u8 | text |
/// </code></remarks>
/// <param name="Text">For people.</param>
public sealed record Declined(DeclineReason Reason, string Text) : WireMessage
{
    // Of the text: some screens of a compiler's words, far below a frame.
    private const int MaxText = 8 * 1024;

    public override FrameType Type => FrameType.Declined;

    /// <summary>A text of any length and origin is cut so that it can be sent.</summary>
    public static Declined Because(DeclineReason reason, string text) => new(reason, Clamp.Utf8(text, MaxText));

    public static Declined Read(ref PayloadReader reader) => new((DeclineReason)reader.U8(), reader.Text());

    public override void Write(PayloadWriter payload) => payload.U8((byte)Reason).Text(Text);
}
