namespace DistBuild.Core.Wire;

/// <summary>The peer sent what the protocol does not allow. The connection ends; nothing the peer sent afterwards is looked at.</summary>
public sealed class ProtocolException : Exception
{
    private ProtocolException(string message)
        : base(message)
    {
    }

    public static ProtocolException UnknownType(FrameType type) => new($"message type {(byte)type} is unknown to protocol {ProtocolVersion.Text}");

    public static ProtocolException UnknownFlags(FrameHeader header) =>
        new($"{header.Type} has flags {header.Flags:x2}, unknown to protocol {ProtocolVersion.Text}");

    public static ProtocolException PayloadTooLong(FrameHeader header) =>
        new($"{header.Type} announces {header.PayloadLength} bytes; a frame has at most {WireLimits.MaxPayload}");

    public static ProtocolException BadPayload(FrameType type) => new($"{type} has a payload that cannot be read");

    public static ProtocolException WrongDirection(FrameType type) => new($"{type} came from the side that may not send it");

    public static ProtocolException Unexpected(FrameType type, string state) => new($"{type} came {state}");

    public static ProtocolException UnexpectedOnStream(FrameType type, ushort stream) => new($"{type} came on stream {stream}, which does not expect it");

    public static ProtocolException StreamInUse(ushort stream) => new($"stream {stream} was opened twice");

    public static ProtocolException TooManyStreams(int limit) => new($"more than {limit} streams were opened at once");

    public static ProtocolException TooMuchContent(ushort stream) => new($"stream {stream} received more bytes than were announced");

    public static ProtocolException BadContent(ushort stream, string what) => new($"the content of stream {stream} {what}");
}
