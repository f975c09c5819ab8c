using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire;

/// <summary>
/// Reads the fields of a payload. After the first field that does not fit, every read gives a default and <see cref="IsComplete"/> stays false,
/// so that a message is read in one expression and judged once.
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;
    private bool _failed;

    /// <summary>Every read succeeded and nothing is left over.</summary>
    public readonly bool IsComplete => !_failed && _rest.IsEmpty;

    /// <summary>A read did not fit; every value since then is a default.</summary>
    public readonly bool HasFailed => _failed;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Left => _rest.Length;

    public byte U8() => Take(1) is { Length: 1 } field ? field[0] : default;

    public ushort U16() => Take(2) is { Length: 2 } field ? BinaryPrimitives.ReadUInt16BigEndian(field) : default;

    public uint U32() => Take(4) is { Length: 4 } field ? BinaryPrimitives.ReadUInt32BigEndian(field) : default;

    public ulong U64() => Take(8) is { Length: 8 } field ? BinaryPrimitives.ReadUInt64BigEndian(field) : default;

    /// <summary>A byte that is 0 or 1.</summary>
    public bool Flag()
    {
        byte value = U8();
        _failed |= value > 1;
        return value == 1;
    }

    /// <summary>A u32 that counts bytes, up to a limit.</summary>
    public int Length(int limit)
    {
        uint value = U32();
        _failed |= value > limit;
        return _failed ? 0 : (int)value;
    }

    /// <summary>A u16 that counts things of at least <paramref name="smallest"/> bytes each, which must still fit.</summary>
    public int Count(int smallest)
    {
        int value = U16();
        _failed |= value * smallest > _rest.Length;
        return _failed ? 0 : value;
    }

    public Digest Digest() => Take(Hashing.Digest.Size) is { Length: Hashing.Digest.Size } field ? new Digest(field) : default;

    public Guid Guid() => Take(16) is { Length: 16 } field ? new Guid(field.ToArray()) : default;

    /// <summary>A u16 byte count and that many bytes of UTF-8, strictly: what cannot be written back the same is refused.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> field = Take(U16());
        try
        {
            return StrictUtf8.GetString(field.ToArray());
        }
        catch (DecoderFallbackException)
        {
            _failed = true;
            return "";
        }
    }

    public byte[] Bytes(int count) => Take(count).ToArray();

    /// <summary>Everything that is left, which must be zeros.</summary>
    public void Padding()
    {
        foreach (byte b in _rest)
        {
            _failed |= b != 0;
        }

        _rest = default;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_failed || count > _rest.Length)
        {
            _failed = true;
            return default;
        }

        ReadOnlySpan<byte> field = _rest.Slice(0, count);
        _rest = _rest.Slice(count);
        return field;
    }
}
