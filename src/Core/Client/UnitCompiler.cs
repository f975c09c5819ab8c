using DistBuild.Core.Units;
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
    /// <summary>Compiles what is not up to date. Cancelling stops within moments, ends every compiler and leaves no half-written file.</summary>
    /// <returns>One result per unit, in the units' order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<UnitResult>> CompileAsync(IReadOnlyList<TranslationUnit> units, CancellationToken cancellationToken)
    {
        FileStamps stamps = new();
        CommandIdentity commands = new(session);
        List<UnitWork> todo = [];
        Dictionary<TranslationUnit, UnitResult> results = [];
        foreach (TranslationUnit unit in units)
        {
            UnitWork work = new(unit, await commands.OfAsync(unit.Command, cancellationToken).ConfigureAwait(false));
            if (records.WhyOutOfDate(unit.Object, work.Command, stamps) is null)
            {
                results[unit] = new UnitResult(unit, UnitOutcome.UpToDate, null, null, null, TimeSpan.Zero, 0, "", "");
            }
            else
            {
                todo.Add(work);
            }
        }

        if (todo.Count > 0)
        {
            foreach (UnitResult result in await new BatchRunner(session, records, stamps, observer, slots, todo).RunAsync(cancellationToken).ConfigureAwait(false))
            {
                results[result.Unit] = result;
            }

            await ReportSilenceAsync().ConfigureAwait(false);
        }

        ReportProblems();
        return [.. units.Select(unit => results[unit])];
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
