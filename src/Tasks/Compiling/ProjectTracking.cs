using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tasks.Tracking;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>Tells Visual Studio's tracking logs about the units of a project that were compiled or fetched here.</summary>
internal static class ProjectTracking
{
    public static void Write(TaskLoggingHelper log, string folder, UnitSelection selection, IReadOnlyList<UnitResult> results, BuildRecords records)
    {
        try
        {
            Dictionary<TranslationUnit, SelectedUnit> selected = [];
            foreach (SelectedUnit unit in selection.Taken)
            {
                selected[unit.Unit] = unit;
            }

            UnitResult[] made = [.. results.Where(result => result.Outcome != UnitOutcome.Failed)];
            string[] unmade = [.. results.Where(result => result.Outcome == UnitOutcome.Failed).Select(result => result.Unit.Source)];
            TrackingLogs logs = new(folder);
            if (unmade.Length > 0 || made.Any(result => result.Outcome != UnitOutcome.UpToDate) || !logs.Know(made.Select(result => result.Unit.Source)))
            {
                logs.Update([.. made.Select(result => Describe(result, selected[result.Unit].Noted, records))], unmade);
            }

            // The targets clean what is listed there and not in the project's list of sources, from which ours are missing for as long as the stock step runs.
            ItemsLog.Remove(folder, results.Select(result => result.Unit.Source));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(null, "DB3008", null, null, 0, 0, 0, 0, "{0}", $"Visual Studio's tracking logs in '{folder}' were not written, so it will take the project for out of date: {e.Message}");
        }
    }

    private static TrackedUnit Describe(UnitResult result, string? noted, BuildRecords records)
    {
        TranslationUnit unit = result.Unit;
        IReadOnlyList<string>? reads = result.Inputs.Count > 0 ? [.. result.Inputs.Select(unit.Command.FullPath)] : records.InputsOf(unit.Object);
        return new TrackedUnit(unit.Source, unit.Object, noted ?? NotedCommand.Of(unit), reads, [unit.Object, .. unit.OtherOutputs]);
    }
}
