using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Explanations;

/// <summary>What the builds of this account remember of their units, for <c>distbuild explain</c>.</summary>
public static class RememberedUnits
{
    /// <summary>Everything in the notes beside a store; notes that cannot be read are left out.</summary>
    /// <param name="store">The store's folder.</param>
    public static IEnumerable<RememberedUnit> Read(string store)
    {
        foreach (Notes notes in NotesFile.ReadAll(store))
        {
            Dictionary<string, List<KeyState>>? states = StatesFormat.Read(notes.States.Span);
            foreach (LastBuild unit in notes.Units.Values)
            {
                yield return Explain(notes.Project, unit, states is not null && states.TryGetValue(unit.Object, out List<KeyState>? known) ? known : []);
            }
        }
    }

    private static RememberedUnit Explain(string project, LastBuild unit, List<KeyState> states)
    {
        // The states are those of the last build that had a key; a unit that failed since then has nothing to compare.
        KeyChanges? changes = unit.SameSince != 0 ? UnitNotes.Same(unit.SameSince)
            : states.Count > 0 && unit.Key == states[0].Key ? KeyComparison.Nearest(states[0], states.Skip(1))
            : null;
        return new RememberedUnit(
            project, unit.Directory, unit.Source, unit.Object, DateTimeOffset.FromUnixTimeSeconds(unit.When), unit.Outcome, unit.Keyed, unit.Agent, unit.Reason, unit.OutOfDate,
            unit.Key, changes);
    }
}

/// <summary>What the last build in which a unit was not up to date did with it.</summary>
/// <param name="Project">Full path, or empty for a command by hand.</param>
/// <param name="Directory">Where its command ran.</param>
/// <param name="Changes">What became of its key; null when it has none, or no earlier one is remembered.</param>
public sealed record RememberedUnit(
    string Project,
    string Directory,
    string Source,
    string Object,
    DateTimeOffset When,
    UnitOutcome Outcome,
    KeyMode? Keyed,
    string? Agent,
    string? Reason,
    string? OutOfDate,
    Digest? Key,
    KeyChanges? Changes);
