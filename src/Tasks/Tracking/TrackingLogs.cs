using DistBuild.Core.Hashing;

namespace DistBuild.Tasks.Tracking;

/// <summary>Keeps Visual Studio's tracking logs of a project in step with units that its own compile step did not make. Entries of all other sources stay.</summary>
/// <param name="folder">Full path of <c>$(TLogLocation)</c>.</param>
internal sealed class TrackingLogs(string folder)
{
    private const string Command = "CL.command.1.tlog", Read = "CL.read.1.tlog", Written = "CL.write.1.tlog";

    /// <summary>Whether there is something about every one of these sources: then a build that made none of them has nothing to write.</summary>
    public bool Know(IEnumerable<string> sources)
    {
        // The shortest of the three stands for all: they are written one after the other, this one last.
        TrackingLog commands = TrackingLog.Load(Path.Combine(folder, Command));
        return File.Exists(Path.Combine(folder, Read)) && File.Exists(Path.Combine(folder, Written)) && sources.All(commands.Has);
    }

    /// <param name="made">Units whose objects are there.</param>
    /// <param name="unmade">Full paths of sources whose objects are not.</param>
    /// <exception cref="IOException">A log cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Update(IReadOnlyCollection<TrackedUnit> made, IReadOnlyCollection<string> unmade)
    {
        ILookup<string, TrackedUnit> bySource = made.ToLookup(unit => unit.Source, FilePathComparer.Instance);
        HashSet<string> unknown = new(unmade.Concat(made.Where(unit => unit.Reads is null).Select(unit => unit.Source)), FilePathComparer.Instance);
        IGrouping<string, TrackedUnit>[] known = [.. bySource.Where(units => !unknown.Contains(units.Key))];
        Update(Read, known, unknown, units => Paths(units.SelectMany(unit => unit.Reads!).Where(file => !FilePathComparer.Instance.Equals(file, units.Key))));
        Update(Written, known, unknown, units => Paths(units.SelectMany(unit => unit.Writes)));
        Update(Command, known, unknown, units => [$"{units.Last().Command} {TrackingLog.Spell(units.Key)}".TrimStart()]);
    }

    private void Update(string name, IEnumerable<IGrouping<string, TrackedUnit>> made, IEnumerable<string> unmade, Func<IGrouping<string, TrackedUnit>, IReadOnlyList<string>> lines)
    {
        TrackingLog log = TrackingLog.Load(Path.Combine(folder, name));
        foreach (string source in unmade)
        {
            log.Remove(source);
        }

        foreach (IGrouping<string, TrackedUnit> units in made)
        {
            log.Set(units.Key, lines(units));
        }

        log.Save();
    }

    private static string[] Paths(IEnumerable<string> paths) => [.. paths.Select(TrackingLog.Spell).Distinct(StringComparer.Ordinal)];
}
