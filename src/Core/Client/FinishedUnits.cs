using DistBuild.Core.Compilers;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Client;

/// <summary>The units of a batch that reached their end: what became of each and why, told to whoever watches one at a time. Safe for many threads.</summary>
/// <param name="mayCache">Whether there is a store: without one nobody asks why something was compiled.</param>
/// <param name="notes">Where the keys of a build are kept for explanations; null keeps none.</param>
internal sealed class FinishedUnits(bool mayCache, UnitNotes? notes, IBuildObserver observer, int total)
{
    private readonly List<UnitResult> _results = [];

    /// <summary>What a unit's key was made of.</summary>
    public Func<UnitWork, (IReadOnlyList<KeyField> Fields, IReadOnlyList<KeyInput> Inputs)> Explain { get; set; } = static _ => ([], []);

    /// <summary>In the order in which they ended; to be read when all did.</summary>
    public IReadOnlyList<UnitResult> Results => _results;

    public void Add(
        UnitWork work, UnitOutcome outcome, string? agent, int exitCode, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> errors, bool? verified)
    {
        bool compiled = outcome is UnitOutcome.CompiledLocally or UnitOutcome.CompiledOnAgent;
        string? reason = work.Reason ?? (compiled ? work.Miss : null);
        string? why = !mayCache ? null : reason is null || work.NotKept is null ? reason ?? work.NotKept : $"{reason}; {work.NotKept}";

        // A hit's memory is the store's, which uses it again.
        byte[] printed = output.ToArray(), complained = errors.ToArray();
        UnitResult result = new(work.Unit, outcome, work.Mode, agent, why, work.Elapsed, exitCode, PrintedText.Decode(printed), PrintedText.Decode(complained))
        {
            OutputBytes = printed,
            ErrorBytes = complained,
            Inputs = work.Inputs,
            OutOfDate = work.OutOfDate,
            Verified = verified,
            Key = outcome == UnitOutcome.Failed ? null : work.Key,
        };
        result = notes is null ? result : result with { Changes = notes.Note(result, () => Explain(work)) };
        lock (_results)
        {
            _results.Add(result);
            observer.Finished(result, _results.Count, total);
        }
    }

    /// <summary>Something a person should know, between two units.</summary>
    public void Report(Diagnostic diagnostic, params object[] values)
    {
        lock (_results)
        {
            observer.Report(diagnostic, values);
        }
    }
}
