using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>
/// The bytes of a records file. Fixed integers are little-endian; v is an unsigned LEB128 number of at most 5 bytes.
/// <code>
/// off  0        8         12      16       20      24
///      | magic  | version | paths | inputs | units | path … | input … | unit … | checksum
///      | 8 bytes| u32     | u32   | u32    | u32   |        |         |        | u64
///
/// path     | length v | UTF-8 |
/// input    | path v | size i64 | modified i64 |                                  path: position among the paths
/// unit     | object v | command 32 | size i64 | modified i64 | suspect v | count v | input v … |
///          object: position among the paths; suspect: 0, or 1 + position in this unit's inputs; input: position among the inputs
/// checksum xxHash64, seed 0, of every byte before it
/// </code>
/// </summary>
internal static class RecordsFormat
{
    /// <summary>1: stamps are size and modification time. Raised by every change of the bytes: old records are worth no more than one rebuild.</summary>
    public const int Version = 1;

    public const int HeaderLength = 24;

    /// <summary>Bytes; about a million units.</summary>
    public const int MaximumLength = 256 << 20;

    private const int VersionAt = 8, PathsAt = 12, InputsAt = 16, UnitsAt = 20, ChecksumLength = 8;

    private const int LeastPath = 1, LeastInput = 17, LeastUnit = 51, LeastIndex = 1;

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

        RecordedInput[] inputs = new RecordedInput[cursor.Count(BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(InputsAt)), LeastInput)];
        for (int i = 0; i < inputs.Length && !cursor.Failed; i++)
        {
            int path = cursor.Index(paths.Length);
            FileStamp stamp = cursor.Stamp();
            if (!cursor.Failed)
            {
                inputs[i] = new RecordedInput(paths[path], stamp);
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
        Dictionary<string, int> paths = new(StringComparer.Ordinal);
        Dictionary<RecordedInput, int> inputs = [];
        using MemoryStream pathTable = new(), inputTable = new(), unitTable = new();
        using BinaryWriter pathWriter = new(pathTable), inputWriter = new(inputTable), unitWriter = new(unitTable);
        foreach (string path in units.Keys.OrderBy(path => path, StringComparer.Ordinal))
        {
            UnitRecord unit = units[path];
            WriteVarint(unitWriter, IndexOf(path, paths, pathWriter));
            unitWriter.Write(unit.Command.ToArray());
            WriteStamp(unitWriter, unit.Object);
            WriteVarint(unitWriter, unit.Suspect + 1);
            WriteVarint(unitWriter, unit.Inputs.Count);
            foreach (RecordedInput input in unit.Inputs)
            {
                if (!inputs.TryGetValue(input, out int index))
                {
                    inputs.Add(input, index = inputs.Count);
                    WriteVarint(inputWriter, IndexOf(input.Path, paths, pathWriter));
                    WriteStamp(inputWriter, input.Stamp);
                }

                WriteVarint(unitWriter, index);
            }
        }

        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write(Magic.ToArray());
        writer.Write(Version);
        writer.Write(paths.Count);
        writer.Write(inputs.Count);
        writer.Write(units.Count);
        pathTable.WriteTo(file);
        inputTable.WriteTo(file);
        unitTable.WriteTo(file);
        writer.Write(XxHash64.Hash(file.GetBuffer().AsSpan(0, (int)file.Length)));
        return file.ToArray();
    }

    private static UnitRecord ReadUnit(ref RecordsCursor cursor, RecordedInput[] inputs)
    {
        Digest command = cursor.Digest();
        FileStamp stamp = cursor.Stamp();
        uint suspect = cursor.Varint();
        RecordedInput[] read = new RecordedInput[cursor.Count(cursor.Varint(), LeastIndex)];
        for (int i = 0; i < read.Length && !cursor.Failed; i++)
        {
            int index = cursor.Index(inputs.Length);
            if (!cursor.Failed)
            {
                read[i] = inputs[index];
            }
        }

        // A position beyond the inputs cannot come from a writer; such a unit is simply compiled again.
        return new UnitRecord(command, stamp, read, suspect <= (uint)read.Length ? (int)suspect - 1 : 0);
    }

    private static int IndexOf(string path, Dictionary<string, int> paths, BinaryWriter writer)
    {
        if (!paths.TryGetValue(path, out int index))
        {
            paths.Add(path, index = paths.Count);
            byte[] bytes = Encoding.UTF8.GetBytes(path);
            WriteVarint(writer, bytes.Length);
            writer.Write(bytes);
        }

        return index;
    }

    private static void WriteStamp(BinaryWriter writer, FileStamp stamp)
    {
        writer.Write(stamp.Size);
        writer.Write(stamp.Modified);
    }

    private static void WriteVarint(BinaryWriter writer, int value)
    {
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            writer.Write((byte)(rest | 0x80));
        }

        writer.Write((byte)rest);
    }
}
