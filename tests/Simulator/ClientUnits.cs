using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>Where a simulated client's units are: waiting, elsewhere, or done; and what it expects of them and of agents, by the product's ExpectedTimes and BackOff.</summary>
internal sealed class ClientUnits(SimulatedNetwork network, IReadOnlyList<SimulatedUnit> units)
{
    private readonly WorkQueue<UnitRun, ulong> _queue = new();
    private readonly ExpectedTimes _times = new();
    private readonly BackOff _backOff = new(network.Time, []);
    private readonly TaskCompletionSource _done = new();
    private TaskCompletionSource _changed = new();
    private int _remaining = units.Count;

    public IReadOnlyList<UnitRun> All { get; } = [.. units.Select(unit => new UnitRun(unit))];

    /// <summary>Completes at the next change of anything here.</summary>
    public Task Changed => _changed.Task;

    public Task Done => _done.Task;

    public bool IsDone => _done.Task.IsCompleted;

    public int Remaining => _remaining;

    public bool AnyWaits => _queue.Count > 0;

    /// <summary>What is not begun yet, on a typical core.</summary>
    public TimeSpan Waiting { get; private set; }

    public TimeSpan Expect(UnitRun run) => _times.Of(network.Options.KnowsTimes ? run.Unit.Work : null, run.Unit.Text);

    /// <summary>Whether there is any unit that the slot takes.</summary>
    public bool AnyFor(SlowSlot? slot) => _queue.Any(SimulatedUnit.Toolchain, one => IsFor(slot, one));

    /// <summary>The heaviest unit that the slot takes.</summary>
    /// <param name="slot">Null takes any.</param>
    public bool TryTake(SlowSlot? slot, out UnitRun run)
    {
        bool isTaken = _queue.TryTake(SimulatedUnit.Toolchain, one => IsFor(slot, one), out run);
        Waiting -= isTaken ? run.Queued : TimeSpan.Zero;
        return isTaken;
    }

    // What others wait for is left to nobody.
    private bool IsFor(SlowSlot? slot, UnitRun run) => slot is null || run.Claim is not null || slot.Takes(Expect(run));

    public void Ready(UnitRun run)
    {
        run.IsRaced = false;
        run.Queued = Expect(run);
        Waiting += run.Queued;
        _queue.Add(run, SimulatedUnit.Toolchain, run.Claim is null ? run.Queued.Ticks : long.MaxValue);
        Beat();
    }

    public Elsewhere GoElsewhere(UnitRun run, SimulatedAgent where)
    {
        Elsewhere there = new(network.Time.Now, ExpectedTimes.At(where.Power, Expect(run)), Expect(run));
        run.There = there;
        network.Time.After(StragglerRace.GivenUpAfter(there.Expected), () =>
        {
            if (run.There == there && !run.IsDone)
            {
                there.IsGivenUp = true;
                there.Cancellation.Cancel();
            }
        });
        Beat();
        return there;
    }

    public void ComeBack(UnitRun run, Elsewhere there, bool isEnded)
    {
        run.There = run.There == there ? null : run.There;
        if (!run.IsDone && !isEnded && run.Here is null)
        {
            Ready(run);
        }
    }

    public void End(UnitRun run)
    {
        if (run.IsDone)
        {
            return;
        }

        run.IsDone = true;
        run.Claim?.Dispose();
        run.There?.Cancellation.Cancel();
        run.Here?.Cancel();
        if (--_remaining == 0)
        {
            _done.TrySetResult();
        }

        Beat();
    }

    public void Took(UnitRun run, TimeSpan typical) => _times.Learn(new CompileTime(typical, run.Unit.Text));

    public bool MayUse(Guid agent) => _backOff.MayUse(agent);

    public void Deliver(Guid agent) => _backOff.Deliver(agent);

    public bool Disappoint(Guid agent) => _backOff.Disappoint(agent);

    public void Fail(Guid agent)
    {
        if (_backOff.MayUse(agent))
        {
            _backOff.Fail(agent);
            network.Losses++;
        }
    }

    public void Beat() => Interlocked.Exchange(ref _changed, new TaskCompletionSource()).TrySetResult();
}
