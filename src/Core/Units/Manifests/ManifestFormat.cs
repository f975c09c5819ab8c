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
    public static Manifest? TryRead(ReadOnlyMemory<byte> bytes) => TryRead(bytes, new TextPool());

    /// <param name="pool">Shared by manifests that are read together: they mostly have the same texts.</param>
    internal static Manifest? TryRead(ReadOnlyMemory<byte> bytes, TextPool pool)
    {
        ManifestCursor cursor = new(bytes.Span);
        if (cursor.Number() != Magic || cursor.Short() != Version)
        {
            return null;
        }

        int[] texts = new int[cursor.Count(leastLength: 1)];
        for (int i = 0; i < texts.Length && !cursor.Failed; i++)
        {
            texts[i] = cursor.Text(pool);
        }

        Digest[] digests = new Digest[cursor.Count(Digest.Size)];
        for (int i = 0; i < digests.Length && !cursor.Failed; i++)
        {
            digests[i] = cursor.Digest();
        }

        ManifestEntry[] entries = new ManifestEntry[cursor.Count(Digest.Size)];
        for (int i = 0; i < entries.Length && !cursor.Failed; i++)
        {
            entries[i] = ReadEntry(ref cursor, pool, texts, digests);
        }

        return cursor.Failed || !cursor.AtEnd ? null : new Manifest(entries);
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

    private static ManifestEntry ReadEntry(ref ManifestCursor cursor, TextPool pool, int[] texts, Digest[] digests)
    {
        Digest result = cursor.Digest();
        DependencyLists lists = (DependencyLists)cursor.Byte();
        ManifestInput[] inputs = new ManifestInput[cursor.Count((2 * sizeof(uint)) + 1)];
        for (int i = 0; i < inputs.Length && !cursor.Failed; i++)
        {
            int path = cursor.Index(texts.Length), content = cursor.Index(digests.Length);
            DependencyLists listed = (DependencyLists)cursor.Byte();
            inputs[i] = cursor.Failed ? default : new ManifestInput(pool[texts[path]], digests[content], listed);
        }

        ManifestAbsence[] absences = new ManifestAbsence[cursor.Count(2 * sizeof(uint))];
        for (int i = 0; i < absences.Length && !cursor.Failed; i++)
        {
            int folder = cursor.Index(texts.Length);
            int[] names = cursor.Look(cursor.Count(sizeof(uint)), texts);
            absences[i] = new ManifestAbsence(cursor.Failed ? "" : pool[texts[folder]], new PooledTexts(pool, names));
        }

        return new ManifestEntry(result, inputs, absences) { Lists = lists };
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
