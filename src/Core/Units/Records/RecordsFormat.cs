using System.Buffers.Binary;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>
/// The bytes of a records file. Fixed integers are little-endian; v is an unsigned LEB128 number of at most 5 bytes.
/// <code>
/// off  0        8         12      16         20       24      28
///      | magic  | version | paths | absences | inputs | units | path … | absence … | input … | unit … | checksum
///      | 8 bytes| u32     | u32   | u32      | u32    | u32   |        |           |         |        | u64
///
/// path     | length v | UTF-8 |
/// absence  | folder v | size i64 | modified i64 | changed i64 | inode u64 | count v | name v … |           folder, name: positions among the paths
/// input    | path v | size i64 | modified i64 | changed i64 | inode u64 | count v | absence v … |          path: position among the paths; absence: among the absences
/// unit     | object v | command 32 | size i64 | modified i64 | suspect v | count v | input v … | count v | output v … | known v | key 32 | surroundings 32 |
///          object: position among the paths; suspect: 0, or 1 + position in this unit's inputs; input, output: positions among the inputs; key, surroundings: only where known is 1, else 0
/// checksum xxHash64, seed 0, of every byte before it
/// </code>
/// </summary>
internal static class RecordsFormat
{
    /// <summary>3: inodes and results. 2: absences and outputs. 1: stamps are size and modification time. Raised by every change of the bytes: old records are worth no more than one rebuild.</summary>
    public const int Version = 3;

    public const int HeaderLength = 28;

    /// <summary>Bytes; about a million units.</summary>
    public const int MaximumLength = 256 << 20;

    private const int VersionAt = 8, PathsAt = 12, AbsencesAt = 16, InputsAt = 20, UnitsAt = 24, ChecksumLength = 8;

    private const int LeastPath = 1, LeastAbsence = 34, LeastInput = 34, LeastUnit = 53, LeastIndex = 1;

    public static ReadOnlySpan<byte> Magic => "DBUNITS\x1A"u8;

    /// <summary>The records by object path, or null for bytes that are not whole records of this version.</summary>
    public static Dictionary<string, UnitRecord>? Read(ReadOnlySpan<byte> file)
    {
        int end = file.Length - ChecksumLength;
        if (end < HeaderLength
            || !file.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(VersionAt)) != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(end)) != XxHash64.Hash(file.Slice(0, end)))
        {
            return null;
        }

        RecordsCursor cursor = new(file.Slice(HeaderLength, end - HeaderLength));
        string[] paths = new string[cursor.Count(BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(PathsAt)), LeastPath)];
        for (int i = 0; i < paths.Length && !cursor.Failed; i++)
        {
            paths[i] = cursor.Text();
        }

        RecordedAbsence[] absences = new RecordedAbsence[cursor.Count(BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(AbsencesAt)), LeastAbsence)];
        for (int i = 0; i < absences.Length && !cursor.Failed; i++)
        {
            int folder = cursor.Index(paths.Length);
            FileStamp stamp = cursor.Stamp();
            InodeStamp inode = cursor.Inode();
            string[] names = ReadIndices(ref cursor, paths);
            absences[i] = new RecordedAbsence(cursor.Failed ? "" : paths[folder], stamp, inode, names);
        }

        RecordedInput[] inputs = new RecordedInput[cursor.Count(BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(InputsAt)), LeastInput)];
        for (int i = 0; i < inputs.Length && !cursor.Failed; i++)
        {
            int path = cursor.Index(paths.Length);
            FileStamp stamp = cursor.Stamp();
            InodeStamp inode = cursor.Inode();
            RecordedAbsence[] missed = ReadIndices(ref cursor, absences);
            if (!cursor.Failed)
            {
                inputs[i] = new RecordedInput(paths[path], stamp, inode, missed);
            }
        }

        int count = cursor.Count(BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(UnitsAt)), LeastUnit);
        Dictionary<string, UnitRecord> units = new(count, FilePathComparer.Instance);
        for (int i = 0; i < count && !cursor.Failed; i++)
        {
            int path = cursor.Index(paths.Length);
            UnitRecord unit = ReadUnit(ref cursor, inputs);
            if (!cursor.Failed)
            {
                units[paths[path]] = unit;
            }
        }

        return cursor.Failed || !cursor.AtEnd ? null : units;
    }

    public static byte[] Write(Dictionary<string, UnitRecord> units)
    {
        using RecordsWriter writer = new();
        return writer.Write(units);
    }

    private static UnitRecord ReadUnit(ref RecordsCursor cursor, RecordedInput[] inputs)
    {
        Digest command = cursor.Digest();
        FileStamp stamp = cursor.Stamp();
        uint suspect = cursor.Varint();
        RecordedInput[] read = ReadIndices(ref cursor, inputs), written = ReadIndices(ref cursor, inputs);

        KnownResult? result = cursor.Varint() == 1 ? new KnownResult(cursor.Digest(), cursor.Digest()) : null;

        // A position beyond the inputs cannot come from a writer; such a unit is simply compiled again.
        return new UnitRecord(command, stamp, read, suspect <= (uint)read.Length ? (int)suspect - 1 : 0) { Outputs = written, Result = result };
    }

    private static T[] ReadIndices<T>(ref RecordsCursor cursor, T[] table)
    {
        int count = cursor.Count(cursor.Varint(), LeastIndex);
        T[] read = count == 0 ? [] : new T[count];
        for (int i = 0; i < read.Length && !cursor.Failed; i++)
        {
            int index = cursor.Index(table.Length);
            if (!cursor.Failed)
            {
                read[i] = table[index];
            }
        }

        return read;
    }
}
