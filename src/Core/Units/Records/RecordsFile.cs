using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Units.Records;

/// <summary>Where records are on the disk: a file of the project's, and a copy that Clean does not take.</summary>
/// <param name="copy">Null where there is no store to lay one beside.</param>
internal sealed class RecordsFile(string path, string? copy)
{
    /// <summary>Of the copy, beside the store's other notes.</summary>
    public const string Extension = ".records";

    public string Path => path;

    /// <summary>Null while there is no file.</summary>
    public FileIdentity? Identity() => FileIdentity.TryRead(path, out FileIdentity identity) ? identity : null;

    /// <summary>By full path of the object; missing, damaged and newer files are empty.</summary>
    /// <param name="identity">Of the file that was read; null for none.</param>
    public Dictionary<string, UnitRecord> Read(out FileIdentity? identity)
    {
        identity = Identity();
        Dictionary<string, UnitRecord>? units = identity is { Size: long size } ? Read(path, size) : null;
        if (units is null && copy is not null && FileIdentity.TryRead(copy, out FileIdentity beside) && Read(copy, beside.Size) is { } copied)
        {
            // A copy does not know what became of the objects.
            units = new Dictionary<string, UnitRecord>(copied.Count, FilePathComparer.Instance);
            foreach (KeyValuePair<string, UnitRecord> unit in copied)
            {
                units.Add(unit.Key, unit.Value with { Object = UnitRecord.Unknown });
            }
        }

        return units ?? new Dictionary<string, UnitRecord>(FilePathComparer.Instance);
    }

    /// <summary>Writes both, each whole or not at all.</summary>
    /// <returns>Null, or why the file could not be written; of a copy that could not, the store says what is wrong with its folder.</returns>
    public string? Write(Dictionary<string, UnitRecord> units)
    {
        byte[] bytes = RecordsFormat.Write(units);
        string? problem = Write(path, bytes);
        if (problem is null && copy is not null)
        {
            Write(copy, bytes);
        }

        return problem;
    }

    private static Dictionary<string, UnitRecord>? Read(string path, long size)
    {
        try
        {
            return size > RecordsFormat.MaximumLength ? null : RecordsFormat.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Records that cannot be read are like none.
            return null;
        }
    }

    private static string? Write(string path, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            AtomicFile.Write(path, bytes, CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
