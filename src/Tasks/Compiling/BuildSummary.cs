using DistBuild.Core.Units;
using DistBuild.Core.Units.Reports;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>
/// What a person should know at the end: a line for the project, and one for the build so far, which is shown once there are several projects. MSBuild does not tell a task that it is the last of
/// its build, so the last of these lines is the build's summary.
/// </summary>
internal static class BuildSummary
{
    private const string Projects = "projects", Databases = "sharedDatabase", EditAndContinue = "editAndContinue";

    public static void Write(TaskLoggingHelper log, BuildReport report, IReadOnlyCollection<LeftUnit> left, BuildTally? tally, TimeSpan elapsed)
    {
        log.LogMessage(MessageImportance.High, $"DistBuild: {report.Units.Count} units: {Phrases(report.Count)} ({elapsed.TotalSeconds:0.0} s)");
        foreach (UnitResult unit in report.Units.Where(unit => unit.Reason is not null))
        {
            bool isLeft = unit.Outcome == UnitOutcome.LeftToProject;
            log.LogMessage(isLeft ? MessageImportance.Normal : MessageImportance.Low, $"DistBuild: {unit.Unit.Name}{(isLeft ? " is left to the project's own compiler" : "")}: {unit.Reason}");
        }

        // Loops: a fresh process compiles queries over numbers before it runs them.
        Dictionary<string, int> counts = new() { [Projects] = 1 };
        foreach (UnitOutcome outcome in UnitOutcomes.All)
        {
            counts[UnitOutcomes.Name(outcome)] = report.Count(outcome);
        }

        counts[Databases] = left.Count(unit => unit.Debug == DebugStorage.Database);
        counts[EditAndContinue] = left.Count(unit => unit.Debug == DebugStorage.EditAndContinue);
        IReadOnlyDictionary<string, int> sums = tally?.Add(counts) ?? counts;
        Advise(log, counts, sums, Databases, "DB3006", "put their debug information into a database that objects share (/Zi), so they are compiled by the project's own compiler. "
            + "DistBuildDebugFormat=Embedded has it put into the objects of units that DistBuild takes; the linker makes the same PDB of it.");
        Advise(log, counts, sums, EditAndContinue, "DB3007", "are compiled for Edit and Continue (/ZI), so they are compiled by the project's own compiler. "
            + "Set DebugInformationFormat to OldStyle (/Z7), or to ProgramDatabase together with DistBuildDebugFormat=Embedded, where nobody edits a running program.");
        // Of a single project it says nothing new, but whoever searches a binary log for it should find it.
        bool isFirst = sums[Projects] == 1;
        int units = 0;
        foreach (UnitOutcome outcome in UnitOutcomes.All)
        {
            units += sums[UnitOutcomes.Name(outcome)];
        }

        log.LogMessage(null, "DB3010", null, null, 0, 0, 0, 0, isFirst ? MessageImportance.Low : MessageImportance.High, "{0}",
            $"DistBuild summary: {sums[Projects]} {(isFirst ? "project" : "projects")} so far, {units} units: {Phrases(outcome => sums[UnitOutcomes.Name(outcome)])}{Debug(sums)}");
    }

    /// <summary>Once in a build, by the first project it concerns; the sums say how many there are in the end.</summary>
    private static void Advise(TaskLoggingHelper log, Dictionary<string, int> own, IReadOnlyDictionary<string, int> sums, string what, string code, string advice)
    {
        if (own[what] > 0 && sums[what] == own[what])
        {
            log.LogMessage(null, code, null, null, 0, 0, 0, 0, MessageImportance.High, "{0}", $"DistBuild: {own[what]} units {advice}");
        }
    }

    private static string Phrases(Func<UnitOutcome, int> count)
    {
        List<string> phrases = [];
        foreach (UnitOutcome outcome in UnitOutcomes.All)
        {
            if (count(outcome) > 0)
            {
                phrases.Add($"{count(outcome)} {UnitOutcomes.Phrase(outcome)}");
            }
        }

        return string.Join(", ", phrases);
    }

    private static string Debug(IReadOnlyDictionary<string, int> sums)
    {
        int kept = sums[Databases] + sums[EditAndContinue];
        return kept == 0 ? "" : $" ({kept} of these for their debug information: {sums[Databases]} with /Zi, {sums[EditAndContinue]} with /ZI)";
    }
}
