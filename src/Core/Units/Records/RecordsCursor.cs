using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>Reads a records file from front to back. What does not fit sets <see cref="Failed"/>; what is read after that means nothing.</summary>
internal ref struct RecordsCursor(ReadOnlySpan<byte> bytes)
{
    private const int MaximumVarintBytes = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>A count of items of at least so many bytes each, so that a lie cannot make anyone allocate more than the file's own size.</summary>
    public int Count(uint count, int leastLength)
    {
        if (count <= (uint)(_rest.Length / leastLength))
        {
            return (int)count;
        }

        Failed = true;
        return 0;
    }

    public uint Varint()
    {
        uint value = 0;
        for (int i = 0; i < MaximumVarintBytes && i < _rest.Length; i++)
        {
            value |= (uint)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest.Slice(i + 1);
                return value;
            }
        }

        Failed = true;
        return 0;
    }

    /// <summary>A position in a table of so many items.</summary>
    public int Index(int count)
    {
        uint index = Varint();
        if (index < (uint)count)
        {
            return (int)index;
        }

        Failed = true;
        return 0;
    }

    public string Text()
    {
        ReadOnlySpan<byte> bytes = Take(Count(Varint(), 1));
#if NETSTANDARD2_0
        return Encoding.UTF8.GetString(bytes.ToArray());
#else
        return Encoding.UTF8.GetString(bytes);
#endif
    }

    public FileStamp Stamp()
    {
        ReadOnlySpan<byte> bytes = Take(2 * sizeof(long));
        return Failed
            ? default
            : new FileStamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(sizeof(long))));
    }

    public InodeStamp Inode()
    {
        ReadOnlySpan<byte> bytes = Take(2 * sizeof(long));
        return Failed
            ? default
            : new InodeStamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(sizeof(long))));
    }

    public Digest Digest()
    {
        ReadOnlySpan<byte> bytes = Take(Hashing.Digest.Size);
        return Failed ? default : new Digest(bytes);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            Failed = true;
        }

        ReadOnlySpan<byte> taken = Failed ? default : _rest.Slice(0, length);
        _rest = Failed ? default : _rest.Slice(length);
        return taken;
    }
}
