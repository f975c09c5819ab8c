namespace DistBuild.Core.Wire.Messages;

/// <summary>The payload of one frame, read. What a message means to a stream is in <c>docs/protocol.md</c>.</summary>
public abstract record WireMessage
{
    private protected WireMessage()
    {
    }

    public abstract FrameType Type { get; }

    /// <summary>Writes the payload, exactly as <see cref="MessageCodec"/> reads it.</summary>
    public abstract void Write(PayloadWriter payload);
}

/// <summary>A message that says everything by its type; its payload is empty.</summary>
public sealed record Signal : WireMessage
{
    private Signal(FrameType type) => Type = type;

    public static Signal Alive { get; } = new(FrameType.Alive);

    public static Signal Missing { get; } = new(FrameType.Missing);

    public static Signal End { get; } = new(FrameType.End);

    public static Signal Cancel { get; } = new(FrameType.Cancel);

    public static Signal Cancelled { get; } = new(FrameType.Cancelled);

    public static Signal Release { get; } = new(FrameType.Release);

    public static Signal Taken { get; } = new(FrameType.Taken);

    public static Signal Claimed { get; } = new(FrameType.Claimed);

    public static Signal Kept { get; } = new(FrameType.Kept);

    public static Signal Status { get; } = new(FrameType.Status);

    public override FrameType Type { get; }

    public override void Write(PayloadWriter payload)
    {
    }
}
