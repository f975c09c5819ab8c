using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DistBuild.Core.Hashing;

/// <summary>A SHA-256 value (FIPS 180-4): the identity of a content, a unit's result or a toolchain.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    public const int Size = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <exception cref="ArgumentException">The span is not exactly <see cref="Size"/> bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(8));
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(16));
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(24));
    }

    /// <summary>The 64-bit xxHash of this digest: enough to ask "who has?", never an identity.</summary>
    public ulong Fingerprint
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return XxHash64.Hash(bytes);
        }
    }

    public static Digest Of(ReadOnlySpan<byte> content)
    {
#if NETSTANDARD2_0
        using SHA256 sha = SHA256.Create();
        return new Digest(sha.ComputeHash(content.ToArray()));
#else
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return new Digest(hash);
#endif
    }

    public static Digest Of(Stream content)
    {
        using SHA256 sha = SHA256.Create();
        return new Digest(sha.ComputeHash(content));
    }

    /// <summary>Reads 64 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: Size * 2 })
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        for (int i = 0; i < Size; i++)
        {
            int high = HexValue(text[i * 2]), low = HexValue(text[(i * 2) + 1]);
            if (high < 0 || low < 0)
            {
                return false;
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        digest = new Digest(bytes);
        return true;
    }

    /// <summary>Writes the <see cref="Size"/> bytes; the destination must have room for them.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(8), _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(16), _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(24), _d);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => _a.GetHashCode();

    public override string ToString() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
