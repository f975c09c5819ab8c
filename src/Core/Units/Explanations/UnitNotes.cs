using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Units.Explanations;

/// <summary>
/// What is remembered to explain the units of one project, or of one command by hand: what the last build did with each, and what its last few keys were made of.
/// Nothing is read or written for units that are up to date, and what keys were made of is read only for a key that is new. Notes never decide anything:
/// lost, damaged and newer ones cost an explanation. Safe for many threads.
/// </summary>
internal sealed class UnitNotes(string path, string project)
{
    /// <summary>Enough to compare with the build before a change and the one before a change back.</summary>
    private const int MaximumStates = 3;

    private readonly object _gate = new();
    private readonly Dictionary<object, object> _shared = [];
    private Notes? _notes;
    private Dictionary<string, List<KeyState>>? _states;
    private bool _changed;

    /// <summary>Remembers a unit that was not up to date.</summary>
    /// <param name="made">What its key is made of; asked for only when the key is new, and only once.</param>
    /// <returns>What became of its key; null when it has none, or none is remembered.</returns>
    public KeyChanges? Note(UnitResult result, Func<(IReadOnlyList<KeyField> Fields, IReadOnlyList<KeyInput> Inputs)> made)
    {
        uint now = Seconds(DateTime.UtcNow);
        lock (_gate)
        {
            Notes notes = _notes ??= Load();
            TranslationUnit unit = result.Unit;
            notes.Units.TryGetValue(unit.Object, out LastBuild? before);
            uint sameSince = before is not null && before.Key is not null && before.Key == result.Key ? before.When : 0;
            notes.Units[unit.Object] = new LastBuild(
                unit.Object, unit.Source, unit.Command.WorkingDirectory, now, result.Outcome, result.Keyed, result.Agent, result.Reason, result.OutOfDate, result.Key, sameSince);
            _changed = true;
            return result.Key is not { } key ? null
                : sameSince != 0 ? Same(sameSince)
                : Add(notes, unit.Object, key, now, made);
        }
    }

    /// <summary>The key is what it was in an earlier build.</summary>
    /// <param name="since">Seconds since 1970 UTC.</param>
    public static KeyChanges Same(uint since) => new(DateTimeOffset.FromUnixTimeSeconds(since), []);

    /// <summary>Writes what was noted, whole or not at all. A folder that cannot be written costs only explanations.</summary>
    public void Save()
    {
        lock (_gate)
        {
            if (!_changed)
            {
                return;
            }

            try
            {
                bool isNew = !File.Exists(path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                ReadOnlyMemory<byte> states = _states is null ? _notes!.States : StatesFormat.Write(_states);
                AtomicFile.Write(path, NotesFormat.Write(project, _notes!.Units.Values, states), CancellationToken.None);
                _changed = false;
                if (isNew)
                {
                    NotesFile.RemoveStale(Path.GetDirectoryName(path)!);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // The store says what is wrong with its folder.
            }
        }
    }

    private KeyChanges? Add(
        Notes notes, string unit, Digest key, uint now, Func<(IReadOnlyList<KeyField> Fields, IReadOnlyList<KeyInput> Inputs)> made)
    {
        if (_states is null)
        {
            _states = StatesFormat.Read(notes.States.Span) ?? new Dictionary<string, List<KeyState>>(FilePathComparer.Instance);
            RemoveAbandoned(notes, _states);
        }

        if (!_states.TryGetValue(unit, out List<KeyState>? states))
        {
            _states.Add(unit, states = []);
        }

        (IReadOnlyList<KeyField> fields, IReadOnlyList<KeyInput> inputs) = made();
        if (fields.Count == 0)
        {
            // A result that was brought back without its key being made again.
            return null;
        }

        KeyState state = new(key, now, [.. fields.Select(Share)], [.. inputs.Select(Share)]);
        states.RemoveAll(old => old.Key == key);
        states.Insert(0, state);
        states.RemoveRange(Math.Min(MaximumStates, states.Count), Math.Max(0, states.Count - MaximumStates));
        return KeyComparison.Nearest(state, states.Skip(1));
    }

    private static void RemoveAbandoned(Notes notes, Dictionary<string, List<KeyState>> states)
    {
        foreach (LastBuild gone in notes.Units.Values.Where(unit => !File.Exists(unit.Source)).ToArray())
        {
            notes.Units.Remove(gone.Object);
            states.Remove(gone.Object);
        }
    }

    private T Share<T>(T item)
        where T : notnull
    {
        if (_shared.TryGetValue(item, out object? known))
        {
            return (T)known;
        }

        _shared.Add(item, item);
        return item;
    }

    private Notes Load() => NotesFile.TryRead(path) ?? new Notes(project, new Dictionary<string, LastBuild>(FilePathComparer.Instance), ReadOnlyMemory<byte>.Empty);

    private static uint Seconds(DateTime utc) => (uint)new DateTimeOffset(utc).ToUnixTimeSeconds();
}
