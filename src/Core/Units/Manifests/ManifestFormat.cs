using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// The bytes of a manifest, as it lies in a store and crosses the network. Integers are little-endian; a string is its UTF-8 length (7 bits a byte, low first) and bytes.
/// <code>
/// magic "DBMF" | version u16 | texts: count u32, strings | digests: count u32, 32 bytes each | entries: count u32, then each:
///   result digest 32 bytes | lists u8
///   inputs:   count u32, then (text index u32, digest index u32, lists u8) each
///   absences: count u32, then (folder text index u32, count u32, name text indices u32 …) each
/// </code>
/// Paths and digests stand once in their tables, because the entries of one source mostly name the same headers.
/// </summary>
public static class ManifestFormat
{
    /// <summary>2: what dependency files name. 1: first.</summary>
    public const ushort Version = 2;

    private const uint Magic = 0x464D4244;

    public static byte[] Write(Manifest manifest)
    {
        Table<string> texts = new();
        Table<Digest> digests = new();
        using MemoryStream entries = new();
        using (BinaryWriter writer = new(entries, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(manifest.Entries.Count);
            foreach (ManifestEntry entry in manifest.Entries)
            {
                WriteEntry(writer, entry, texts, digests);
            }
        }

        using MemoryStream whole = new();
        using (BinaryWriter writer = new(whole, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(texts.Items.Count);
            texts.Items.ForEach(writer.Write);
            writer.Write(digests.Items.Count);
            digests.Items.ForEach(digest => writer.Write(digest.ToArray()));
            writer.Write(entries.GetBuffer(), 0, (int)entries.Length);
        }

        return whole.ToArray();
    }

    /// <summary>Null for anything that is not a whole manifest of this version: to a build that is the same as none.</summary>
    public static Manifest? TryRead(ReadOnlyMemory<byte> bytes)
    {
        using MemoryStream stream = new(bytes.ToArray(), writable: false);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        try
        {
            if (reader.ReadUInt32() != Magic || reader.ReadUInt16() != Version)
            {
                return null;
            }

            string[] texts = ReadAll(reader, 1, static reader => reader.ReadString());
            Digest[] digests = ReadAll(reader, Digest.Size, static reader => new Digest(reader.ReadBytes(Digest.Size)));
            Manifest manifest = new(ReadAll(reader, Digest.Size, reader => ReadEntry(reader, texts, digests)));
            return stream.Position == stream.Length ? manifest : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static void WriteEntry(BinaryWriter writer, ManifestEntry entry, Table<string> texts, Table<Digest> digests)
    {
        writer.Write(entry.Result.ToArray());
        writer.Write((byte)entry.Lists);
        writer.Write(entry.Inputs.Count);
        foreach (ManifestInput input in entry.Inputs)
        {
            writer.Write(texts.IndexOf(input.Path));
            writer.Write(digests.IndexOf(input.Content));
            writer.Write((byte)input.Lists);
        }

        writer.Write(entry.Absences.Count);
        foreach (ManifestAbsence absence in entry.Absences)
        {
            writer.Write(texts.IndexOf(absence.Folder));
            writer.Write(absence.Names.Count);
            foreach (string name in absence.Names)
            {
                writer.Write(texts.IndexOf(name));
            }
        }
    }

    private static ManifestEntry ReadEntry(BinaryReader reader, string[] texts, Digest[] digests)
    {
        Digest result = new(reader.ReadBytes(Digest.Size));
        DependencyLists lists = (DependencyLists)reader.ReadByte();
        ManifestInput[] inputs = ReadAll(
            reader, 9, reader => new ManifestInput(texts[reader.ReadInt32()], digests[reader.ReadInt32()], (DependencyLists)reader.ReadByte()));
        ManifestAbsence[] absences = ReadAll(reader, 8, reader => new ManifestAbsence(texts[reader.ReadInt32()], ReadAll(reader, 4, reader => texts[reader.ReadInt32()])));
        return new ManifestEntry(result, inputs, absences) { Lists = lists };
    }

    /// <param name="smallest">The fewest bytes one item can have: what bounds the count before anything is allocated.</param>
    private static T[] ReadAll<T>(BinaryReader reader, int smallest, Func<BinaryReader, T> read)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > (reader.BaseStream.Length - reader.BaseStream.Position) / smallest)
        {
            throw new FormatException("A count is larger than what follows.");
        }

        T[] items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }

    private sealed class Table<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> _indices = [];

        public List<T> Items { get; } = [];

        public int IndexOf(T item)
        {
            if (!_indices.TryGetValue(item, out int index))
            {
                _indices.Add(item, index = Items.Count);
                Items.Add(item);
            }

            return index;
        }
    }
}
