using System.Buffers.Binary;

namespace DistBuild.Core.Units;

/// <summary>
/// Object files without what their compilers write anew each time: the time stamp in the header of COFF objects. Source of the layouts: PE/COFF specification,
/// "COFF File Header", and ANON_OBJECT_HEADER_BIGOBJ in winnt.h.
/// <code>
/// off  0         2          4        8                        off  0      2        4         6         8
///      | machine | sections | time   | …                           | 0000 | FFFF   | version | machine | time | …
///      | u16     | u16      | u32    |                             | u16  | u16    | u16     | u16     | u32  |
///        COFF                                                         COFF with many sections (/bigobj)
/// </code>
/// </summary>
internal static class ObjectFileContent
{
    private const int TimeLength = 4, TimeAt = 4, BigTimeAt = 8, LeastLength = 20;

    // winnt.h, IMAGE_FILE_MACHINE_*: I386, AMD64, ARMNT, ARM64, ARM64EC.
    private static readonly ushort[] Machines = [0x014C, 0x8664, 0x01C4, 0xAA64, 0xA641];

    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int time = TimeOffset(left);
        return time != TimeOffset(right) || time < 0
            ? left.SequenceEqual(right)
            : left.Slice(0, time).SequenceEqual(right.Slice(0, time)) && left.Slice(time + TimeLength).SequenceEqual(right.Slice(time + TimeLength));
    }

    private static int TimeOffset(ReadOnlySpan<byte> file)
    {
        if (file.Length < LeastLength)
        {
            return -1;
        }

        ushort first = BinaryPrimitives.ReadUInt16LittleEndian(file), second = BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(2));
        return Machines.Contains(first) ? TimeAt
            : first == 0 && second == 0xFFFF && Machines.Contains(BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(6))) ? BigTimeAt
            : -1;
    }
}
