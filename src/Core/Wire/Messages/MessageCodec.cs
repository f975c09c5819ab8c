using System.Buffers;

namespace DistBuild.Core.Wire.Messages;

/// <summary>Reads payloads. The oracle of its tests: what is accepted, written back, gives the same bytes.</summary>
public static class MessageCodec
{
    /// <summary>The message of a frame, or null when its payload is not one.</summary>
    public static WireMessage? Read(in Frame frame)
    {
        ReadOnlySequence<byte> payload = frame.Payload;
        return Read(frame.Header.Type, payload.IsSingleSegment ? payload.First.Span : payload.ToArray());
    }

    public static WireMessage? Read(FrameType type, ReadOnlySpan<byte> payload)
    {
        if (type == FrameType.Chunk)
        {
            return payload.IsEmpty ? null : new Chunk(payload.ToArray());
        }

        PayloadReader reader = new(payload);
        WireMessage? message = ReadFields(type, ref reader);
        return reader.IsComplete ? message : null;
    }

    private static WireMessage? ReadFields(FrameType type, ref PayloadReader reader) => type switch
    {
        FrameType.Hello => Hello.Read(ref reader),
        FrameType.Welcome => Welcome.Read(ref reader),
        FrameType.Proof => Proof.Read(ref reader),
        FrameType.Accepted => Accepted.Read(ref reader),
        FrameType.Rejected => Rejected.Read(ref reader),
        FrameType.Alive => Signal.Alive,
        FrameType.Fetch => Fetch.Read(ref reader),
        FrameType.Found => Found.Read(ref reader),
        FrameType.Missing => Signal.Missing,
        FrameType.End => Signal.End,
        FrameType.Cancel => Signal.Cancel,
        FrameType.Cancelled => Signal.Cancelled,
        FrameType.Lease => Lease.Read(ref reader),
        FrameType.Granted => Granted.Read(ref reader),
        FrameType.Declined => Declined.Read(ref reader),
        FrameType.Release => Signal.Release,
        FrameType.Compile => Compile.Read(ref reader),
        FrameType.Result => Result.Read(ref reader),
        FrameType.Claim => Claim.Read(ref reader),
        FrameType.Taken => Signal.Taken,
        FrameType.Claimed => Signal.Claimed,
        FrameType.Settle => Settle.Read(ref reader),
        FrameType.Settled => Settled.Read(ref reader),
        FrameType.Elsewhere => Elsewhere.Read(ref reader),
        FrameType.Keep => Keep.Read(ref reader),
        FrameType.Kept => Signal.Kept,
        FrameType.Status => Signal.Status,
        FrameType.StatusReport => StatusReport.Read(ref reader),
        _ => null,
    };
}
