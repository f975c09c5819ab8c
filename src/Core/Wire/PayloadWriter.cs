using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire;

/// <summary>Collects the fields of one payload or datagram; reusable, not thread-safe.</summary>
public sealed class PayloadWriter
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public PayloadWriter U8(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    public PayloadWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);
        return this;
    }

    public PayloadWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);
        return this;
    }

    public PayloadWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);
        return this;
    }

    public PayloadWriter Flag(bool value) => U8(value ? (byte)1 : (byte)0);

    public PayloadWriter Digest(Digest value)
    {
        value.CopyTo(Reserve(Hashing.Digest.Size));
        return this;
    }

    public PayloadWriter Guid(Guid value) => Bytes(value.ToByteArray());

    /// <exception cref="ArgumentException">Longer than a u16 can count, or not valid UTF-16: a changed argument would be another compile.</exception>
    public PayloadWriter Text(string value)
    {
        byte[] utf8 = StrictUtf8.GetBytes(value);
        if (utf8.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"A text of {utf8.Length} bytes does not fit a message.", nameof(value));
        }

        return U16((ushort)utf8.Length).Bytes(utf8);
    }

    public PayloadWriter Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        return this;
    }

    /// <summary>Adds zeros up to a total length; nothing when that is already passed.</summary>
    public PayloadWriter PadTo(int length)
    {
        if (length > Length)
        {
            Reserve(length - Length).Clear();
        }

        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        Span<byte> room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
