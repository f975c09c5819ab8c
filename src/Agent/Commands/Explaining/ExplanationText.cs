using System.Globalization;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Agent.Commands.Explaining;

/// <summary>Explanations for people.</summary>
internal static class ExplanationText
{
    private const string Indent = "    ";

    /// <summary>Enough to see what happened in an overview of many units.</summary>
    private const int OverviewChanges = 5;

    private static readonly string[] Parts = ["compiler", "argument", "environment", "directory", "source", "header", "text"];

    /// <summary>Counts, then every unit that was compiled and why.</summary>
    public static void WriteOverview(TextWriter output, IReadOnlyList<ExplainedUnit> units)
    {
        IEnumerable<string> counts = units.GroupBy(unit => unit.Outcome).OrderBy(group => group.First().KnownOutcome ?? (UnitOutcome)int.MaxValue)
            .Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} {Phrase(group.First())}");
        output.WriteLine($"{units.Count} unit{(units.Count == 1 ? "" : "s")}: {string.Join(", ", counts)}");
        foreach (ExplainedUnit unit in units.Where(unit => unit.KnownOutcome is not (UnitOutcome.UpToDate or UnitOutcome.LocalHit or UnitOutcome.AgentHit)))
        {
            output.WriteLine();
            Write(output, unit, OverviewChanges);
        }
    }

    public static void Write(TextWriter output, ExplainedUnit unit, int shown = int.MaxValue)
    {
        output.WriteLine(Headline(unit));
        if (unit.OutOfDate is { } outOfDate)
        {
            output.WriteLine($"{Indent}why it was not up to date: {outOfDate}");
        }

        if (unit.Reason is { } reason)
        {
            output.WriteLine($"{Indent}{(IsCompiled(unit) ? "why it was not taken from the cache: " : "")}{reason}");
        }

        if (unit.Keyed is { } keyed)
        {
            output.WriteLine($"{Indent}its key: {(keyed == "direct" ? "from its command and the contents of the files it reads" : "from its preprocessed text")}");
        }

        WriteChanges(output, unit, shown);
    }

    private static string Headline(ExplainedUnit unit)
    {
        string when = unit.When is { } time ? $" at {Time(time)}" : "", where = unit.ConfigurationName.Length == 0 ? "" : $" ({unit.ConfigurationName})";
        return $"{unit.Source}{where}: {Phrase(unit)}{(unit.Agent is { } agent ? $", {agent}" : "")}{when}";
    }

    private static void WriteChanges(TextWriter output, ExplainedUnit unit, int shown)
    {
        if (unit.Changes is not { } changes)
        {
            if (IsCompiled(unit) && unit.Key is not null)
            {
                output.WriteLine($"{Indent}what changed: no earlier build of it is remembered here");
            }

            return;
        }

        if (changes.Differences.Count == 0)
        {
            string gone = IsCompiled(unit) ? ", but its result is not kept any more" : "";
            output.WriteLine($"{Indent}what changed since the build of {Time(changes.Since)}: nothing its key is made of{gone}");
            return;
        }

        output.WriteLine($"{Indent}what changed since the build of {Time(changes.Since)}:");
        foreach (KeyDifference change in changes.Differences.Take(shown))
        {
            output.WriteLine($"{Indent}  {Parts[(int)change.Part],-11}  {change.Phrase}");
        }

        if (changes.Differences.Count > shown)
        {
            output.WriteLine($"{Indent}  and {changes.Differences.Count - shown} more; name the unit to see them");
        }
    }

    private static bool IsCompiled(ExplainedUnit unit) => unit.KnownOutcome is UnitOutcome.CompiledLocally or UnitOutcome.CompiledOnAgent;

    // An outcome that a later version added still has its name.
    private static string Phrase(ExplainedUnit unit) => unit.KnownOutcome is { } outcome ? UnitOutcomes.Phrase(outcome) : unit.Outcome;

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
