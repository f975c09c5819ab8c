using System.Collections.Concurrent;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Units.Records;

/// <summary>
/// What the last builds of one project read and wrote, so that a build in which nothing changed costs only looks at files. One file per intermediate
/// folder. A record claims nothing that the disk does not show: it names the object's own stamp, so a lost, edited or half-restored object is made
/// again. Where there is a store, a copy lies beside it: after Clean took the file it still says which results these units had. Safe for many threads; of two
/// processes that save one after another, each keeps the other's units.
/// </summary>
public sealed class BuildRecords
{
    private const string NeverCompiled = "never compiled";

    private readonly object _gate = new();
    private readonly RecordsFile _file;
    private readonly HashSet<string> _touched = new(FilePathComparer.Instance);
    private readonly Dictionary<string, UnitRecord?> _changes = new(FilePathComparer.Instance);
    private readonly ConcurrentDictionary<string, RecordedInput> _inputs = new(StringComparer.Ordinal);
    private Dictionary<string, UnitRecord> _loaded;
    private FileIdentity? _loadedFrom;

    private BuildRecords(RecordsFile file)
    {
        _file = file;
        _loaded = file.Read(out _loadedFrom);
    }

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>Never fails: missing, damaged and newer files are all empty, and everything is compiled once.</summary>
    public static BuildRecords Load(string path) => new(new RecordsFile(path, null));

    /// <summary>As <see cref="Load(string)"/>, with a copy of the file beside a store.</summary>
    /// <param name="store">The store's folder.</param>
    public static BuildRecords Load(string path, string store) => new(new RecordsFile(path, NotesFile.PathOf(store, path, RecordsFile.Extension)));

    /// <summary>Looks at all files that the records name, so that the looks are taken when somebody asks.</summary>
    public void LookAt(FileStamps stamps)
    {
        foreach (KeyValuePair<string, UnitRecord> unit in _loaded)
        {
            stamps.Get(unit.Key);
            for (int i = 0; i < unit.Value.Inputs.Count; i++)
            {
                unit.Value.Inputs[i].Change(stamps);
            }
        }
    }

    /// <summary>Null when the object is what this command makes of the files as they are; else a short reason.</summary>
    public string? WhyOutOfDate(string objectPath, Digest command, FileStamps stamps) =>
        Find(objectPath) is not UnitRecord unit ? NeverCompiled
        : unit.Command != command ? "the command changed"
        : WhyObjectDiffers(unit, objectPath, stamps) ?? WhyOthersDiffer(unit, stamps);

    /// <summary>
    /// The unit's record, if the object alone is not what it was, and the result that the record names is what this command makes of the files: nobody touched any of them since, not even to set its
    /// times back. Null for everything else, and where the system does not say who was touched.
    /// </summary>
    internal UnitRecord? FindRestorable(string objectPath, Digest command, Digest surroundings, FileStamps stamps)
    {
        if (Find(objectPath) is not { Result: { } result } unit || unit.Command != command || result.Surroundings != surroundings || WhyOthersDiffer(unit, stamps) is not null)
        {
            return null;
        }

        for (int i = 0; i < unit.Inputs.Count; i++)
        {
            if (!unit.Inputs[i].IsUntouched(stamps))
            {
                return null;
            }
        }

        return unit;
    }

    /// <summary>Remembers that the object is there again, as the record has it but for its own stamp.</summary>
    internal void Restored(string objectPath, UnitRecord unit, FileStamps stamps)
    {
        FileStamp written = stamps.Refresh(objectPath);
        Change(objectPath, written == FileStamp.Missing ? null : unit with { Object = written });
    }

    private static string? WhyObjectDiffers(UnitRecord unit, string objectPath, FileStamps stamps)
    {
        if (unit.Object == UnitRecord.Unknown)
        {
            return NeverCompiled;
        }

        FileStamp now = stamps.Get(objectPath);
        return now == unit.Object ? null : System.IO.Path.GetFileName(objectPath) + (now == FileStamp.Missing ? " is missing" : " changed since it was written");
    }

    private static string? WhyOthersDiffer(UnitRecord unit, FileStamps stamps)
    {
        for (int i = 0; i < unit.Outputs.Count; i++)
        {
            if (unit.Outputs[i].Change(stamps) is string change)
            {
                return change;
            }
        }

        if (unit.Suspect != UnitRecord.NoSuspect)
        {
            return $"{unit.Inputs[unit.Suspect].Path} may have changed while it was compiled";
        }

        for (int i = 0; i < unit.Inputs.Count; i++)
        {
            if (unit.Inputs[i].Change(stamps) is string change)
            {
                return change;
            }
        }

        return null;
    }

    /// <summary>Full paths of the files an object is made from, each once; null when nothing is known of it.</summary>
    public IReadOnlyList<string>? InputsOf(string objectPath) =>
        Find(objectPath)?.Inputs.Where(input => input.Stamp != FileStamp.Missing).Select(input => input.Path).Distinct(FilePathComparer.Instance).ToArray();

    /// <summary>Remembers a unit whose object was just written.</summary>
    /// <param name="inputs">Every file that decided the object, the source too. A missing one is remembered as absent: its appearing is a change.</param>
    /// <param name="startedUtc">A moment before the first of <paramref name="inputs"/> was read for this object. A file touched at or after it may be
    /// another one than the object came from, so the unit is compiled again next time.</param>
    public void Record(string objectPath, Digest command, IReadOnlyList<string> inputs, DateTime startedUtc, FileStamps stamps) =>
        Record(objectPath, command, [.. inputs.Select(input => Share(new RecordedInput(input, stamps.Get(input))))], [], null, startedUtc, stamps);

    /// <summary>As above, with what must stay absent.</summary>
    /// <param name="inputs">Each out of <see cref="Share"/>.</param>
    /// <param name="outputs">What was written beside the object.</param>
    /// <param name="result">Where a store has the result; null when that is not certain.</param>
    internal void Record(
        string objectPath, Digest command, IReadOnlyList<RecordedInput> inputs, IReadOnlyList<string> outputs, KnownResult? result, DateTime startedUtc, FileStamps stamps)
    {
        FileStamp written = stamps.Refresh(objectPath);
        if (written == FileStamp.Missing)
        {
            Forget(objectPath);
            return;
        }

        long started = FileIdentity.Nanoseconds(startedUtc);
        int suspect = UnitRecord.NoSuspect;
        for (int i = 0; i < inputs.Count && suspect == UnitRecord.NoSuspect; i++)
        {
            _ = stamps.Get(inputs[i].Path, started, out bool tellsChanges);
            suspect = tellsChanges ? UnitRecord.NoSuspect : i;
        }

        Change(objectPath, new UnitRecord(command, written, inputs, suspect) { Outputs = [.. outputs.Select(output => new RecordedInput(output, stamps.Refresh(output)))], Result = result });
    }

    /// <summary>For a unit whose compile failed or whose object is about to be replaced.</summary>
    public void Forget(string objectPath) => Change(objectPath, null);

    /// <summary>
    /// Writes what changed, whole or not at all; nothing when nothing did. Units this build did not ask about stay while their object exists.
    /// May be called at any time, also in the middle of a build that is being cancelled.
    /// </summary>
    /// <returns>Null, or why the file could not be written: the next build then compiles more than it must.</returns>
    public string? Save()
    {
        lock (_gate)
        {
            Dictionary<string, UnitRecord> units = _loaded = _file.Identity() == _loadedFrom ? _loaded : _file.Read(out _loadedFrom);
            List<string> abandoned = [.. units.Keys.Where(path => !_touched.Contains(path) && !FileIdentity.TryRead(path, out _))];
            if (abandoned.Count == 0 && !Differs(units))
            {
                return null;
            }

            units = Merge(units, abandoned);
            if (_file.Write(units) is { } problem)
            {
                return $"The build records '{_file.Path}' cannot be written: {problem}";
            }

            _loadedFrom = _file.Identity();
            _loaded = units;
            _changes.Clear();
            return null;
        }
    }

    private bool Differs(Dictionary<string, UnitRecord> units)
    {
        foreach (KeyValuePair<string, UnitRecord?> change in _changes)
        {
            if (change.Value is not null || units.ContainsKey(change.Key))
            {
                return true;
            }
        }

        return false;
    }

    private Dictionary<string, UnitRecord> Merge(Dictionary<string, UnitRecord> units, List<string> abandoned)
    {
        Dictionary<string, UnitRecord> merged = new(units, FilePathComparer.Instance);
        foreach (string path in abandoned)
        {
            merged.Remove(path);
        }

        foreach (KeyValuePair<string, UnitRecord?> change in _changes)
        {
            merged.Remove(change.Key);
            if (change.Value is UnitRecord unit)
            {
                merged.Add(change.Key, unit);
            }
        }

        return merged;
    }

    private UnitRecord? Find(string objectPath)
    {
        lock (_gate)
        {
            _touched.Add(objectPath);
            return _changes.TryGetValue(objectPath, out UnitRecord? changed) ? changed
                : _loaded.TryGetValue(objectPath, out UnitRecord? loaded) ? loaded
                : null;
        }
    }

    private void Change(string objectPath, UnitRecord? unit)
    {
        lock (_gate)
        {
            _touched.Add(objectPath);
            _changes[objectPath] = unit;
        }
    }

    /// <summary>Of equal ones, mostly the same object.</summary>
    internal RecordedInput Share(RecordedInput read)
    {
        if (!_inputs.TryGetValue(read.Path, out RecordedInput? shared) || !shared.Equals(read))
        {
            _inputs[read.Path] = shared = read;
        }

        return shared;
    }
}
