using System.Buffers.Binary;

namespace DistBuild.Core.Wire;

/// <summary>The 8 bytes before every payload. Integers are big-endian.</summary>
/// <remarks><code>
/// off  0       1       2        4                    8
///      | type  | flags | stream | payload length     | payload
///      | u8    | u8    | u16    | u32                |
/// </code></remarks>
/// <param name="Flags">None is defined in 1.0; anything but 0 is broken.</param>
/// <param name="Stream">0 is the connection itself; a request lives on a number of its client's choice.</param>
/// <param name="PayloadLength">At most <see cref="WireLimits.MaxPayload"/>.</param>
public readonly record struct FrameHeader(FrameType Type, byte Flags, ushort Stream, uint PayloadLength)
{
    public const int Size = 8;

    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        (FrameType)bytes[0],
        bytes[1],
        BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(2)),
        BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(4)));

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)Type;
        bytes[1] = Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.Slice(2), Stream);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.Slice(4), PayloadLength);
    }
}
