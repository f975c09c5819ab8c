using System.Diagnostics;
using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Core.Units.Reports;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>The compile of what was selected of one project: first what makes precompiled headers, then the rest; and what is written about it.</summary>
internal sealed class ProjectBuild(CompileUnits task, TaskLoggingHelper log, BuildOptions options, UnitSelection selection, EarlierBuilds earlier)
{
    private readonly BuildRecords _records = earlier.Records;
    private readonly List<UnitResult> _results = [];

    /// <summary>The results of what was compiled here, with the records they are remembered by.</summary>
    public IReadOnlyList<UnitResult> Results => _results;

    public BuildRecords Records => _records;

    public async System.Threading.Tasks.Task RunAsync(CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        UnitLog unitLog = new(log);
        await WriteCompileCommandsAsync(cancellationToken).ConfigureAwait(false);
        if (task.CommandsOnly)
        {
            return;
        }

        try
        {
            SelectedUnit[] makers = [.. selection.Taken.Where(unit => unit.MakesPrecompiledHeader)];
            await CompileAsync(makers, unitLog, cancellationToken).ConfigureAwait(false);
            if (_results.TrueForAll(result => result.Outcome != UnitOutcome.Failed))
            {
                if (makers.Length > 0)
                {
                    selection.JudgeUsers();
                }

                await CompileAsync([.. selection.Taken.Where(unit => !unit.MakesPrecompiledHeader)], unitLog, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _records.Save();
        }

        if (!task.Plain && _results.Count + selection.Left.Count > 0)
        {
            BuildReport report = new(task.Project, task.Configuration, task.Platform, [.. _results, .. selection.Left.Select(left => left.Result)]);
            BuildSummary.Write(log, report, selection.Left, SharedTally.Get(task.BuildEngine, options.Store, task.BuildScope), watch.Elapsed);
            await WriteReportAsync(report, cancellationToken).ConfigureAwait(false);
        }
    }

    private async System.Threading.Tasks.Task CompileAsync(SelectedUnit[] selected, UnitLog unitLog, CancellationToken cancellationToken)
    {
        if (selected.Length == 0)
        {
            return;
        }

        TranslationUnit[] units = [.. selected.Select(unit => unit.Unit)];
        int wanted = Math.Min(units.Length, options.LocalSlots is > 0 and int slots ? slots : Environment.ProcessorCount);
        using GrantedCores cores = GrantedCores.Request(task.BuildEngine, wanted);
        BuildSession? session = task.Plain ? null : SharedSession.Get(task.BuildEngine, options);
        UnitCompiler compiler = new(session, _records, unitLog, cores.Count) { Project = task.Project, Looks = selected.Length == selection.Taken.Count ? earlier.Looks : null };
        _results.AddRange(await compiler.CompileAsync(units, cancellationToken).ConfigureAwait(false));
    }

    // Before the compile: an editor needs the commands most of all for sources that do not compile yet.
    private async System.Threading.Tasks.Task WriteCompileCommandsAsync(CancellationToken cancellationToken)
    {
        if (options.CompileCommands is not { } path)
        {
            return;
        }

        try
        {
            string scope = Path.Combine(task.ProjectDirectory, task.Records);
            TranslationUnit[] units = [.. selection.Taken.Select(unit => unit.Unit), .. selection.Left.Where(left => left.HasCommand).Select(left => left.Unit)];
            await CompilationDatabase.MergeAsync(path, options.Store, scope, units, task.SelectedFiles.Length == 0, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            log.LogWarning(null, "DB3004", null, null, 0, 0, 0, 0, "{0}", $"The compile commands were not written to DistBuildCompileCommands='{path}': {e.Message}");
        }
    }

    private async System.Threading.Tasks.Task WriteReportAsync(BuildReport report, CancellationToken cancellationToken)
    {
        if (options.Report is null)
        {
            return;
        }

        try
        {
            await ReportFile.AppendAsync(options.Report, report, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(null, "DB3002", null, null, 0, 0, 0, 0, "{0}", $"The report was not written to DistBuildReport='{options.Report}': {e.Message}");
        }
    }
}
