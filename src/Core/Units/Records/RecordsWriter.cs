using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>Writes what <see cref="RecordsFormat"/> draws: paths, absences and inputs once each, in the order in which units first need them.</summary>
internal sealed class RecordsWriter : IDisposable
{
    private readonly Table<string> _paths = new();
    private readonly Table<RecordedAbsence> _absences = new();
    private readonly Table<RecordedInput> _inputs = new();

    public byte[] Write(Dictionary<string, UnitRecord> units)
    {
        using MemoryStream unitTable = new();
        using BinaryWriter unitWriter = new(unitTable);
        string[] paths = [.. units.Keys];
        Array.Sort(paths, StringComparer.Ordinal);
        foreach (string path in paths)
        {
            UnitRecord unit = units[path];
            WriteVarint(unitWriter, Path(path));
            unitWriter.Write(unit.Command.ToArray());
            WriteStamp(unitWriter, unit.Object);
            WriteVarint(unitWriter, unit.Suspect + 1);
            WriteAll(unitWriter, unit.Inputs, Input);
            WriteAll(unitWriter, unit.Outputs, Input);
            WriteResult(unitWriter, unit.Result);
        }

        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write(RecordsFormat.Magic.ToArray());
        writer.Write(RecordsFormat.Version);
        writer.Write(_paths.Count);
        writer.Write(_absences.Count);
        writer.Write(_inputs.Count);
        writer.Write(units.Count);
        _paths.WriteTo(file);
        _absences.WriteTo(file);
        _inputs.WriteTo(file);
        unitTable.WriteTo(file);
        writer.Write(XxHash64.Hash(file.GetBuffer().AsSpan(0, (int)file.Length)));
        return file.ToArray();
    }

    public void Dispose()
    {
        _paths.Dispose();
        _absences.Dispose();
        _inputs.Dispose();
    }

    private int Path(string path) => _paths.IndexOf(path, writer =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        WriteVarint(writer, bytes.Length);
        writer.Write(bytes);
    });

    private int Absence(RecordedAbsence absence) => _absences.IndexOf(absence, writer =>
    {
        WriteVarint(writer, Path(absence.Folder));
        WriteStamp(writer, absence.Stamp);
        WriteInode(writer, absence.Inode);
        WriteAll(writer, absence.Names, Path);
    });

    private int Input(RecordedInput input) => _inputs.IndexOf(input, writer =>
    {
        WriteVarint(writer, Path(input.Path));
        WriteStamp(writer, input.Stamp);
        WriteInode(writer, input.Inode);
        WriteAll(writer, input.Absences, Absence);
    });

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyList<T> items, Func<T, int> index)
    {
        WriteVarint(writer, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            WriteVarint(writer, index(items[i]));
        }
    }

    private static void WriteResult(BinaryWriter writer, KnownResult? result)
    {
        WriteVarint(writer, result is null ? 0 : 1);
        if (result is not null)
        {
            writer.Write(result.Key.ToArray());
            writer.Write(result.Surroundings.ToArray());
        }
    }

    private static void WriteStamp(BinaryWriter writer, FileStamp stamp)
    {
        writer.Write(stamp.Size);
        writer.Write(stamp.Modified);
    }

    private static void WriteInode(BinaryWriter writer, InodeStamp inode)
    {
        writer.Write(inode.Changed);
        writer.Write(inode.Number);
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

    private sealed class Table<T> : IDisposable
        where T : notnull
    {
        private readonly Dictionary<T, int> _indices = [];
        private readonly MemoryStream _bytes = new();
        private readonly BinaryWriter _writer;

        public Table() => _writer = new BinaryWriter(_bytes);

        public int Count => _indices.Count;

        public int IndexOf(T item, Action<BinaryWriter> write)
        {
            if (!_indices.TryGetValue(item, out int index))
            {
                _indices.Add(item, index = _indices.Count);
                write(_writer);
            }

            return index;
        }

        public void WriteTo(Stream stream) => _bytes.WriteTo(stream);

        public void Dispose() => _writer.Dispose();
    }
}
