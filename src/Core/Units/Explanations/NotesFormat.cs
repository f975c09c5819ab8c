using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Units.Explanations;

/// <summary>
/// The bytes of a file of notes. Fixed integers are little-endian; v is an unsigned LEB128 number of at most 5 bytes; text is v bytes of UTF-8 after their number.
/// <code>
/// off  0        8         12          16
///      | magic  | version | last size | last … | states … | checksum
///      | 8 bytes| u32     | u32       |        |          | u64
///
/// last     | project text | count v | unit … |
/// unit     | object text | source text | directory text | when v | outcome v | keyed v | agent text | reason text | out of date text |
///            has key v | key 32 or none | same since v |
///          keyed: 0 none, 1 direct, 2 preprocessed; an empty text is none
/// states   what every key was made of: <see cref="StatesFormat"/>, read only when a key is new
/// checksum xxHash64, seed 0, of every byte before it
/// </code>
/// </summary>
internal static class NotesFormat
{
    /// <summary>1: first. Raised by every change of the bytes: old notes are worth no more than one explanation.</summary>
    public const int Version = 1;

    /// <summary>Bytes; far above the notes of ten thousand units.</summary>
    public const int MaximumLength = 256 << 20;

    private const int VersionAt = 8, LastSizeAt = 12, HeaderLength = 16, ChecksumLength = 8, LeastUnit = 11;

    public static ReadOnlySpan<byte> Magic => "DBNOTES\x1A"u8;

    /// <summary>Null for bytes that are not whole notes of this version.</summary>
    public static Notes? Read(byte[] file)
    {
        ReadOnlySpan<byte> bytes = file;
        int end = bytes.Length - ChecksumLength;
        if (end < HeaderLength
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(VersionAt)) != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(end)) != XxHash64.Hash(bytes.Slice(0, end))
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(LastSizeAt)) is uint size && size > end - HeaderLength)
        {
            return null;
        }

        int lastLength = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(LastSizeAt));
        RecordsCursor cursor = new(bytes.Slice(HeaderLength, lastLength));
        string project = cursor.Text();
        Dictionary<string, LastBuild> units = new(FilePathComparer.Instance);
        for (int left = cursor.Count(cursor.Varint(), LeastUnit); left > 0 && !cursor.Failed; left--)
        {
            LastBuild unit = ReadUnit(ref cursor);
            units[unit.Object] = unit;
        }

        int statesAt = HeaderLength + lastLength;
        return cursor.Failed || !cursor.AtEnd ? null : new Notes(project, units, file.AsMemory(statesAt, end - statesAt));
    }

    /// <param name="states">As <see cref="Notes.States"/>, or new ones from <see cref="StatesFormat"/>.</param>
    public static byte[] Write(string project, IEnumerable<LastBuild> units, ReadOnlyMemory<byte> states)
    {
        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write(Magic.ToArray());
        writer.Write(Version);
        writer.Write(0);
        WriteText(writer, project);
        LastBuild[] all = [.. units.OrderBy(unit => unit.Object, StringComparer.Ordinal)];
        WriteVarint(writer, (uint)all.Length);
        foreach (LastBuild unit in all)
        {
            WriteUnit(writer, unit);
        }

        int lastLength = (int)file.Length - HeaderLength;
        file.Position = LastSizeAt;
        writer.Write(lastLength);
        file.Position = file.Length;
        writer.Write(states.ToArray());
        writer.Write(XxHash64.Hash(file.GetBuffer().AsSpan(0, (int)file.Length)));
        return file.ToArray();
    }

    internal static void WriteText(BinaryWriter writer, string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        WriteVarint(writer, (uint)bytes.Length);
        writer.Write(bytes);
    }

    internal static void WriteVarint(BinaryWriter writer, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            writer.Write((byte)(value | 0x80));
        }

        writer.Write((byte)value);
    }

    private static LastBuild ReadUnit(ref RecordsCursor cursor) => new(
        cursor.Text(),
        cursor.Text(),
        cursor.Text(),
        cursor.Varint(),
        UnitOutcomes(cursor.Varint()),
        cursor.Varint() switch { 1 => KeyMode.Direct, 2 => KeyMode.Preprocessed, _ => null },
        OrNull(cursor.Text()),
        OrNull(cursor.Text()),
        OrNull(cursor.Text()),
        cursor.Varint() == 0 ? null : cursor.Digest(),
        cursor.Varint());

    private static void WriteUnit(BinaryWriter writer, LastBuild unit)
    {
        WriteText(writer, unit.Object);
        WriteText(writer, unit.Source);
        WriteText(writer, unit.Directory);
        WriteVarint(writer, unit.When);
        WriteVarint(writer, (uint)unit.Outcome);
        WriteVarint(writer, unit.Keyed switch { KeyMode.Direct => 1u, KeyMode.Preprocessed => 2u, _ => 0u });
        WriteText(writer, unit.Agent);
        WriteText(writer, unit.Reason);
        WriteText(writer, unit.OutOfDate);
        WriteVarint(writer, unit.Key is null ? 0u : 1u);
        if (unit.Key is { } key)
        {
            writer.Write(key.ToArray());
        }

        WriteVarint(writer, unit.SameSince);
    }

    // A number that no version has is as good as any: the file is whole, and the next build writes it anew.
    private static UnitOutcome UnitOutcomes(uint number) => number <= (uint)UnitOutcome.Failed ? (UnitOutcome)number : UnitOutcome.Failed;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

/// <summary>A file of notes.</summary>
/// <param name="Project">Full path, or empty for a command by hand.</param>
/// <param name="Units">By object path.</param>
/// <param name="States">The bytes that say what keys were made of.</param>
internal sealed record Notes(string Project, Dictionary<string, LastBuild> Units, ReadOnlyMemory<byte> States);
