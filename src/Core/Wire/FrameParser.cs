using System.Buffers;

namespace DistBuild.Core.Wire;

public enum ParseOutcome
{
    Message,
    NeedMore,
    Broken,
}

/// <summary>One frame in a receive buffer; the payload is valid until the buffer is advanced.</summary>
public readonly record struct Frame(FrameHeader Header, ReadOnlySequence<byte> Payload);

/// <summary>Cuts frames out of received bytes. Stateless: the same bytes give the same frames however they were split.</summary>
public static class FrameParser
{
    /// <param name="buffer">Advanced past the frame when there is one, else left alone.</param>
    /// <param name="broken">What is wrong with the bytes, when they can never become a frame.</param>
    public static ParseOutcome TryRead(ref ReadOnlySequence<byte> buffer, out Frame frame, out ProtocolException? broken)
    {
        frame = default;
        broken = null;
        if (buffer.Length < FrameHeader.Size)
        {
            return ParseOutcome.NeedMore;
        }

        Span<byte> bytes = stackalloc byte[FrameHeader.Size];
        buffer.Slice(0, FrameHeader.Size).CopyTo(bytes);
        FrameHeader header = FrameHeader.Read(bytes);
        broken = Check(header);
        if (broken is not null)
        {
            return ParseOutcome.Broken;
        }

        if (buffer.Length < FrameHeader.Size + header.PayloadLength)
        {
            return ParseOutcome.NeedMore;
        }

        frame = new Frame(header, buffer.Slice(FrameHeader.Size, header.PayloadLength));
        buffer = buffer.Slice(FrameHeader.Size + header.PayloadLength);
        return ParseOutcome.Message;
    }

    // Before the payload arrived: a hostile header must not make us wait for, or hold, what it announces.
    private static ProtocolException? Check(FrameHeader header) =>
        FrameCatalogue.Find(header.Type) is null ? ProtocolException.UnknownType(header.Type)
        : header.Flags != 0 ? ProtocolException.UnknownFlags(header)
        : header.PayloadLength > WireLimits.MaxPayload ? ProtocolException.PayloadTooLong(header)
        : null;
}
