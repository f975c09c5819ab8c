using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Units.Explanations;

/// <summary>
/// The bytes of what keys were made of, in notes; numbers and texts as there.
/// <code>
/// | texts: count v, text … | digests: count v, 32 bytes … | fields: count v, (tag v, value v) … | inputs: count v, (path v, content v) … | units: count v, unit … |
/// unit   | object v | count v | state … |      newest first
/// state  | key v | when v | count v | field v … | count v | input v … |
/// tag, value, path, object: positions among the texts; content, key: among the digests; field, input: among the fields and inputs
/// </code>
/// Everything stands once in its table, because units of one project share most of it.
/// </summary>
internal static class StatesFormat
{
    private const int LeastText = 1, LeastPair = 2, LeastUnit = 2, LeastState = 4, LeastIndex = 1;

    /// <summary>The states by object path; null for bytes that do not fit.</summary>
    public static Dictionary<string, List<KeyState>>? Read(ReadOnlySpan<byte> bytes)
    {
        RecordsCursor cursor = new(bytes);
        string[] texts = new string[cursor.Count(cursor.Varint(), LeastText)];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = cursor.Text();
        }

        Digest[] digests = new Digest[cursor.Count(cursor.Varint(), Digest.Size)];
        for (int i = 0; i < digests.Length; i++)
        {
            digests[i] = cursor.Digest();
        }

        KeyField[] fields = new KeyField[cursor.Count(cursor.Varint(), LeastPair)];
        for (int i = 0; i < fields.Length && !cursor.Failed; i++)
        {
            fields[i] = new KeyField(At(texts, ref cursor), At(texts, ref cursor));
        }

        KeyInput[] inputs = new KeyInput[cursor.Count(cursor.Varint(), LeastPair)];
        for (int i = 0; i < inputs.Length && !cursor.Failed; i++)
        {
            inputs[i] = new KeyInput(At(texts, ref cursor), At(digests, ref cursor));
        }

        Dictionary<string, List<KeyState>> units = new(FilePathComparer.Instance);
        for (int left = cursor.Count(cursor.Varint(), LeastUnit); left > 0 && !cursor.Failed; left--)
        {
            string path = At(texts, ref cursor);
            List<KeyState> states = [];
            for (int more = cursor.Count(cursor.Varint(), LeastState); more > 0 && !cursor.Failed; more--)
            {
                states.Add(new KeyState(At(digests, ref cursor), cursor.Varint(), List(fields, ref cursor), List(inputs, ref cursor)));
            }

            if (!cursor.Failed)
            {
                units[path] = states;
            }
        }

        return cursor.Failed || !cursor.AtEnd ? null : units;
    }

    public static byte[] Write(Dictionary<string, List<KeyState>> units)
    {
        Table<string> texts = new((writer, text) => NotesFormat.WriteText(writer, text));
        Table<Digest> digests = new((writer, digest) => writer.Write(digest.ToArray()));
        Table<KeyField> fields = new((writer, field) => WritePair(writer, texts.IndexOf(field.Tag), texts.IndexOf(field.Value)));
        Table<KeyInput> inputs = new((writer, input) => WritePair(writer, texts.IndexOf(input.Path), digests.IndexOf(input.Content)));
        using MemoryStream unitTable = new();
        using (BinaryWriter writer = new(unitTable))
        {
            NotesFormat.WriteVarint(writer, (uint)units.Count);
            foreach (KeyValuePair<string, List<KeyState>> unit in units.OrderBy(unit => unit.Key, StringComparer.Ordinal))
            {
                WritePair(writer, texts.IndexOf(unit.Key), (uint)unit.Value.Count);
                foreach (KeyState state in unit.Value)
                {
                    WritePair(writer, digests.IndexOf(state.Key), state.When);
                    WriteList(writer, state.Fields, fields);
                    WriteList(writer, state.Inputs, inputs);
                }
            }
        }

        // Writing an item adds to the tables it refers to: those come last, although they stand first.
        byte[] inputTable = inputs.ToArray(), fieldTable = fields.ToArray(), digestTable = digests.ToArray(), textTable = texts.ToArray();
        return [.. textTable, .. digestTable, .. fieldTable, .. inputTable, .. unitTable.ToArray()];
    }

    private static T At<T>(T[] table, ref RecordsCursor cursor)
    {
        int index = cursor.Index(table.Length);
        return cursor.Failed ? default! : table[index];
    }

    private static T[] List<T>(T[] table, ref RecordsCursor cursor)
    {
        T[] list = new T[cursor.Count(cursor.Varint(), LeastIndex)];
        for (int i = 0; i < list.Length && !cursor.Failed; i++)
        {
            list[i] = At(table, ref cursor);
        }

        return list;
    }

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> list, Table<T> table)
        where T : notnull
    {
        NotesFormat.WriteVarint(writer, (uint)list.Count);
        foreach (T item in list)
        {
            NotesFormat.WriteVarint(writer, table.IndexOf(item));
        }
    }

    private static void WritePair(BinaryWriter writer, uint first, uint second)
    {
        NotesFormat.WriteVarint(writer, first);
        NotesFormat.WriteVarint(writer, second);
    }

    /// <summary>Items in the order in which they were first asked for.</summary>
    private sealed class Table<T>(Action<BinaryWriter, T> write)
        where T : notnull
    {
        private readonly Dictionary<T, uint> _positions = [];
        private readonly List<T> _items = [];

        public uint IndexOf(T item)
        {
            if (!_positions.TryGetValue(item, out uint position))
            {
                _positions.Add(item, position = (uint)_items.Count);
                _items.Add(item);
            }

            return position;
        }

        public byte[] ToArray()
        {
            using MemoryStream bytes = new();
            using BinaryWriter writer = new(bytes);
            NotesFormat.WriteVarint(writer, (uint)_items.Count);
            foreach (T item in _items)
            {
                write(writer, item);
            }

            return bytes.ToArray();
        }
    }
}
