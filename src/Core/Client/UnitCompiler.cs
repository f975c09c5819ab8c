using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>
/// The engine: takes a batch of units and brings each to its object by the cheapest way that is certainly right. It knows neither MSBuild nor a console.
/// </summary>
/// <param name="session">What the build shares; null compiles everything here, without store and agents.</param>
/// <param name="records">What is known of earlier builds of these units.</param>
/// <param name="slots">How many compilers and preprocessors may run here at once, at least 1.</param>
public sealed class UnitCompiler(BuildSession? session, BuildRecords records, IBuildObserver observer, int slots)
{
    /// <summary>Full path of the project, by which <c>distbuild explain</c> finds these units; empty for a command by hand.</summary>
    public string Project { get; init; } = "";

    /// <summary>Looks at files that were taken before, for the only batch of a build; null takes them when they are needed.</summary>
    public FileStamps? Looks { get; init; }

    /// <summary>Compiles what is not up to date. Cancelling stops within moments, ends every compiler and leaves no half-written file.</summary>
    /// <returns>One result per unit, in the units' order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<UnitResult>> CompileAsync(IReadOnlyList<TranslationUnit> units, CancellationToken cancellationToken)
    {
        FileStamps stamps = Looks ?? new FileStamps();
        CommandIdentity commands = new(session);
        List<UnitWork> todo = [];
        Dictionary<TranslationUnit, UnitResult> results = [];
        foreach (TranslationUnit unit in units)
        {
            KnownCommand command = await commands.OfAsync(unit.Command, cancellationToken).ConfigureAwait(false);
            if (records.WhyOutOfDate(unit.Object, command.Identity, stamps) is { } outOfDate)
            {
                UnitRecord? restorable = session is null ? null : records.FindRestorable(unit.Object, command.Identity, command.Surroundings, stamps);
                todo.Add(new UnitWork(unit, command, outOfDate) { Restorable = restorable });
            }
            else
            {
                results[unit] = new UnitResult(unit, UnitOutcome.UpToDate, null, null, null, TimeSpan.Zero, 0, "", "");
            }
        }

        if (todo.Count > 0)
        {
            foreach (UnitResult result in await MakeAsync(todo, stamps, cancellationToken).ConfigureAwait(false))
            {
                results[result.Unit] = result;
            }

            ReportProblems();
        }

        return [.. units.Select(unit => results[unit])];
    }

    private async Task<IReadOnlyList<UnitResult>> MakeAsync(List<UnitWork> todo, FileStamps stamps, CancellationToken cancellationToken)
    {
        UnitNotes? notes = session is null ? null : new UnitNotes(NotesFile.PathOf(session.Options.Store, records.Path), Project);
        FinishedUnits finished = new(session is not null, notes, observer, todo.Count);
        List<UnitWork> rest = todo;
        try
        {
            rest = session is null ? todo : new ResultRecall(session, records, stamps, finished).Serve(todo, slots, cancellationToken);
            if (rest.Count > 0)
            {
                await new BatchRunner(session, records, stamps, finished, observer, slots, rest).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            notes?.Save();
        }

        if (rest.Count > 0)
        {
            await ReportSilenceAsync().ConfigureAwait(false);
        }

        return finished.Results;
    }

    private async Task ReportSilenceAsync()
    {
        if (session is { Options.Agents.Count: > 0, Agents.Problem: null } && !await session.Agents.AnybodyAsync().ConfigureAwait(false))
        {
            session.ReportOnce(observer, BuildDiagnostics.NoAgentAnswered, string.Join(", ", session.Options.Agents));
        }
    }

    private void ReportProblems()
    {
        if (session?.Store.Problem is { } store)
        {
            session.ReportOnce(observer, BuildDiagnostics.StoreUnusable, store);
        }

        if (session?.Agents.Problem is { } agents)
        {
            session.ReportOnce(observer, BuildDiagnostics.ClusterKeyUnusable, agents);
        }

        if (session?.Agents.Warning is { } warning)
        {
            session.ReportOnce(observer, BuildDiagnostics.AgentConfiguration, warning);
        }
    }
}
