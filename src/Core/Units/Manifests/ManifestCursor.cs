using System.Buffers.Binary;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>Reads a manifest's bytes from front to back. What does not fit sets <see cref="Failed"/>; what is read after that means nothing.</summary>
internal ref struct ManifestCursor(ReadOnlySpan<byte> bytes)
{
    private const int MaximumLengthBytes = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(sizeof(byte)) is { Length: > 0 } bytes ? bytes[0] : (byte)0;

    public ushort Short() => Take(sizeof(ushort)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint Number() => Take(sizeof(uint)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>A count of items of at least so many bytes each, so that a lie cannot make anyone allocate more than the bytes there are.</summary>
    public int Count(int leastLength)
    {
        uint count = Number();
        if (count <= (uint)(_rest.Length / leastLength))
        {
            return (int)count;
        }

        Failed = true;
        return 0;
    }

    /// <summary>A position in a table of so many items; 0 in a table of none fails too.</summary>
    public int Index(int count)
    {
        uint index = Number();
        if (index < (uint)count)
        {
            return (int)index;
        }

        Failed = true;
        return 0;
    }

    /// <summary>The number in the pool of a text.</summary>
    public int Text(TextPool pool) => pool.IdOf(Take(Length()));

    /// <summary>Positions in a table, each replaced by what stands there.</summary>
    public int[] Look(int count, int[] table)
    {
        ReadOnlySpan<byte> bytes = Take(count * sizeof(uint));
        int[] found = new int[bytes.Length / sizeof(uint)];
        for (int i = 0; i < found.Length; i++)
        {
            uint index = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(i * sizeof(uint)));
            if (index >= (uint)table.Length)
            {
                Failed = true;
                return [];
            }

            found[i] = table[index];
        }

        return found;
    }

    public Digest Digest() => Take(Hashing.Digest.Size) is { Length: > 0 } bytes ? new Digest(bytes) : default;

    private int Length()
    {
        uint length = 0;
        for (int i = 0; i < MaximumLengthBytes && i < _rest.Length; i++)
        {
            length |= (uint)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest.Slice(i + 1);
                return length <= (uint)_rest.Length ? (int)length : int.MaxValue;
            }
        }

        return int.MaxValue;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Failed |= length > _rest.Length;
        ReadOnlySpan<byte> taken = Failed ? default : _rest.Slice(0, length);
        _rest = Failed ? default : _rest.Slice(length);
        return taken;
    }
}
