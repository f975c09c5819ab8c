using DistBuild.Core.Compatibility;
using DistBuild.Core.Discovery;
using DistBuild.Core.Placement;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>The units of a batch that are on their way elsewhere, for slots here that have nothing else to do.</summary>
internal sealed class ElsewhereUnits(UnitTimes times, TimeProvider time)
{
    // Delays are cut to milliseconds.
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly List<ElsewhereRun> _running = [];

    /// <param name="where">Who has it, or says who.</param>
    public ElsewhereRun Add(UnitWork work, Offer where, CancellationToken cancellationToken)
    {
        TimeSpan expected = times.Expect(work.Unit.Object, work.Prepared?.Text.Length ?? 0);
        ElsewhereRun run = new(work, where.Name, ExpectedTimes.At(where.Power, expected), expected, time.GetTimestamp(), cancellationToken);
        lock (_gate)
        {
            _running.Add(run);
        }

        return run;
    }

    /// <returns>Whether the unit, if it has no result, is to be given to somebody again.</returns>
    public bool Remove(ElsewhereRun run)
    {
        lock (_gate)
        {
            _running.Remove(run);
        }

        return run.EndThere();
    }

    /// <summary>The unit that a slot here should race now; the slot has joined it, and says when it is done with it. Null after a wait for this change, or until one may be late.</summary>
    public async Task<ElsewhereRun?> RaceAsync(Task changed, CancellationToken cancellationToken)
    {
        ElsewhereRun? run = Choose(out TimeSpan? next);
        if (run is null)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, next is { } pause ? time.DelayAsync(pause + AMoment, over.Token) : changed).ConfigureAwait(false);
            over.Cancel();
        }

        return run;
    }

    private ElsewhereRun? Choose(out TimeSpan? next)
    {
        lock (_gate)
        {
            List<ElsewhereRun> candidates = [.. _running];
            while (true)
            {
                int chosen = StragglerRace.Choose([.. candidates.Select(run => new Straggler(time.GetElapsedTime(run.Started), run.Expected, run.IfHere))], out next);
                if (chosen < 0 || candidates[chosen].TryJoin())
                {
                    return chosen < 0 ? null : candidates[chosen];
                }

                candidates.RemoveAt(chosen);
            }
        }
    }
}
