using System.Text;
using DistBuild.Agent.Requests;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>
/// A build node with its units: asks, claims, takes slots, races and leaves alone by the product's own decisions (Audience, HomeAgents, Helpers, WorkQueue, ExpectedTimes, StragglerRace, BackOff).
/// What the product's engine does around them over connections is done here over the simulation's clock.
/// </summary>
internal sealed class SimulatedClient
{
    private const int MostHomes = 4;

    private readonly string _name;
    private readonly SimulatedNetwork _network;
    private readonly VirtualTime _time;
    private readonly Questions _questions;
    private readonly List<UnitRun> _units;
    private readonly WorkQueue<UnitRun, ulong> _queue = new();
    private readonly ExpectedTimes _times = new();
    private readonly BackOff _backOff;
    private readonly TaskCompletionSource _done = new();
    private TaskCompletionSource _changed = new();
    private int _remaining;

    public SimulatedClient(string name, SimulatedNetwork network, IReadOnlyList<SimulatedUnit> units)
    {
        (_name, _network, _time) = (name, network, network.Time);
        _questions = new Questions(network.Agents, network.Wires, network.Time, network.Options.AsksEverybody);
        _backOff = new BackOff(network.Time, []);
        _units = [.. units.Select(unit => new UnitRun(unit))];
        _remaining = units.Count;
    }

    /// <summary>When the last object was there.</summary>
    public TimeSpan Finished { get; private set; }

    public async Task BuildAsync()
    {
        using CancellationTokenSource end = new();
        await _questions.AskAsync([]);
        IReadOnlyList<Offer> offers = await _questions.AskAsync([.. _units.Select(run => run.Unit.Key)]);
        foreach (UnitRun run in _units)
        {
            Place(run, offers);
        }

        Offer[] able = [.. _questions.Known.Values.Where(offer => _backOff.MayUse(offer.AgentId))];
        foreach (Offer offer in Helpers.Choose(able, _remaining, Digest.Of(Encoding.ASCII.GetBytes(_name))))
        {
            for (int slot = 0; slot < offer.Slots; slot++)
            {
                _ = ServeAsync(_network.Agents[offer.AgentId], end.Token);
            }
        }

        for (int slot = 0; slot < _network.Options.LocalSlots; slot++)
        {
            _ = WorkHereAsync(end.Token);
        }

        await _done.Task;
        Finished = _time.Now;
        end.Cancel();
    }

    private void Place(UnitRun run, IReadOnlyList<Offer> offers)
    {
        Offer[] holders = [.. offers.Where(offer => offer.Holdings.GetValueOrDefault(run.Unit.Key.Fingerprint) == Holding.Object)];
        if (holders.Length > 0)
        {
            _ = FetchAsync(run, holders[0].AgentId);
        }
        else if (offers.Any(offer => offer.Holdings.GetValueOrDefault(run.Unit.Key.Fingerprint) == Holding.Elsewhere))
        {
            _ = ClaimOrQueueAsync(run);
        }
        else
        {
            Ready(run);
        }
    }

    private async Task ClaimOrQueueAsync(UnitRun run)
    {
        if (await TryClaimAsync(run))
        {
            Ready(run);
        }
    }

    /// <summary>One slot of an agent, as long as there is something to do.</summary>
    private async Task ServeAsync(SimulatedAgent agent, CancellationToken end)
    {
        try
        {
            while (!_done.Task.IsCompleted && _backOff.MayUse(agent.Id))
            {
                Task changed = _changed.Task;
                if (_queue.Count == 0)
                {
                    await changed;
                    continue;
                }

                await RoundTripAsync();
                using IDisposable slot = await agent.AnswerAsync(agent.AcquireAsync(_name, end));
                while (_queue.TryTake(_ => true, out UnitRun run))
                {
                    if (await TryClaimAsync(run))
                    {
                        await CompileThereAsync(agent, run);
                        break;
                    }
                }
            }
        }
        catch (AgentDiedException)
        {
            Fail(agent.Id);
        }
        catch (OperationCanceledException)
        {
            // The build ended while this slot waited.
        }
    }

    private async Task CompileThereAsync(SimulatedAgent agent, UnitRun run)
    {
        Elsewhere there = GoElsewhere(run, agent);
        bool isMade = false;
        try
        {
            await _time.DelayAsync(_network.Wires.Latency + Transfer(run.Unit.Text), there.Cancellation.Token);
            if (!agent.Store.Contains(run.Unit.Key))
            {
                await agent.AnswerAsync(CompiledAsync(agent, run.Unit, there.Cancellation.Token));
            }

            isMade = true;
            _backOff.Deliver(agent.Id);
            _times.Learn(new CompileTime(ExpectedTimes.Typical(agent.Power, _time.Now - there.Started), run.Unit.Text));
            run.Claim?.Settle(agent.Id);
            End(run);
        }
        catch (OperationCanceledException)
        {
            if (there.IsGivenUp || _backOff.Disappoint(agent.Id))
            {
                Fail(agent.Id);
            }
        }
        finally
        {
            ComeBack(run, there, isMade);
        }
    }

    private static async Task<bool> CompiledAsync(SimulatedAgent agent, SimulatedUnit unit, CancellationToken cancellationToken)
    {
        await agent.CompileAsync(unit, cancellationToken);
        return true;
    }

    private async Task FetchAsync(UnitRun run, Guid agent)
    {
        Elsewhere there = GoElsewhere(run, _network.Agents[agent]);
        await RoundTripAsync();
        SimulatedAgent holder = _network.Agents[agent];
        bool isThere = !holder.IsDead && holder.Store.Contains(run.Unit.Key);
        if (isThere)
        {
            End(run);
        }
        else
        {
            // Whoever was named does not have it any more; the claim's home is not to be asked again either.
            run.IsUnclaimable = true;
        }

        ComeBack(run, there, isThere);
    }

    /// <summary>Whether the unit may be compiled; else it is fetched, or waited for.</summary>
    private async Task<bool> TryClaimAsync(UnitRun run)
    {
        if (run.Claim is not null || run.IsUnclaimable)
        {
            return true;
        }

        foreach (Offer offer in HomeAgents.Of(run.Unit.Key, SimulatedUnit.Toolchain, _questions.Known.Values, MostHomes))
        {
            SimulatedAgent home = _network.Agents[offer.AgentId];
            if (!_backOff.MayUse(home.Id))
            {
                continue;
            }

            await RoundTripAsync();
            if (home.IsDead)
            {
                await _time.DelayAsync(home.Silence, CancellationToken.None);
                Fail(home.Id);
                continue;
            }

            if (home.Store.Contains(run.Unit.Key))
            {
                _ = FetchAsync(run, home.Id);
                return false;
            }

            ClaimPlace place = home.Claims.Enter(run.Unit.Key, retry: false);
            if (place.Turn.IsCompleted && (await place.Turn).IsMine)
            {
                run.Claim = place;
                return true;
            }

            _ = FollowAsync(run, home, place);
            return false;
        }

        return true;
    }

    private async Task FollowAsync(UnitRun run, SimulatedAgent home, ClaimPlace place)
    {
        Elsewhere there = GoElsewhere(run, home);
        ClaimTurn? turn = null;
        bool isLost = false;
        try
        {
            turn = await home.AnswerAsync(WaitAsync(place, there.Cancellation.Token));
        }
        catch (AgentDiedException)
        {
            Fail(home.Id);
            isLost = true;
        }
        catch (OperationCanceledException)
        {
            // The compiler here was first, or nothing is to be hoped for any more.
        }

        if (turn is { IsMine: true })
        {
            run.Claim = place;
        }
        else
        {
            place.Dispose();
            run.IsUnclaimable = !isLost;
        }

        ComeBack(run, there, isEnded: turn is { IsMine: false });
        if (turn is { IsMine: false } made && !run.IsDone)
        {
            await FetchAsync(run, made.Agent);
        }
    }

    // Task.WaitAsync would go on elsewhere when the turn's source says that it may not be called back at once.
    private static async Task<ClaimTurn> WaitAsync(ClaimPlace place, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ClaimTurn> either = new();
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => either.TrySetCanceled(cancellationToken));
        _ = PassOnAsync();
        return await either.Task;

        async Task PassOnAsync() => either.TrySetResult(await place.Turn);
    }

    /// <summary>One slot of the client's own machine.</summary>
    private async Task WorkHereAsync(CancellationToken end)
    {
        while (!_done.Task.IsCompleted)
        {
            Task changed = _changed.Task;
            if (_queue.TryTake(_ => true, out UnitRun run))
            {
                if (await TryClaimAsync(run))
                {
                    await CompileHereAsync(run);
                }
            }
            else
            {
                UnitRun[] elsewhere = [.. _units.Where(unit => unit is { There: not null, IsRaced: false, IsDone: false })];
                int chosen = StragglerRace.Choose([.. elsewhere.Select(unit => new Straggler(_time.Now - unit.There!.Started, unit.There.Expected, unit.There.Here))], out TimeSpan? next);
                if (chosen >= 0)
                {
                    elsewhere[chosen].IsRaced = true;
                    _network.Races++;
                    await CompileHereAsync(elsewhere[chosen]);
                }
                else
                {
                    await Task.WhenAny(changed, _time.DelayAsync(next ?? Timeout.InfiniteTimeSpan, end));
                }
            }
        }
    }

    private async Task CompileHereAsync(UnitRun run)
    {
        using CancellationTokenSource here = new();
        run.Here = here;
        try
        {
            await _time.DelayAsync(run.Unit.Work, here.Token);
            _network.LocalCompiles++;
            _times.Learn(new CompileTime(run.Unit.Work, run.Unit.Text));
            if (run.Claim is { } claim && claim.Settle(Guid.Empty))
            {
                KeepAtHome(claim, run.Unit);
            }

            run.Here = null;
            End(run);
        }
        catch (OperationCanceledException)
        {
            // The other was first.
        }

        run.Here = null;
    }

    private void KeepAtHome(ClaimPlace claim, SimulatedUnit unit)
    {
        SimulatedAgent home = _network.Agents.Values.First(agent => agent.Claims == claim.Table);
        _time.After(_network.Wires.Latency + Transfer(unit.Text), () =>
        {
            home.Store.Add(unit.Key);
            home.Claims.Kept(unit.Key);
        });
    }

    private Elsewhere GoElsewhere(UnitRun run, SimulatedAgent where)
    {
        Elsewhere there = new(_time.Now, ExpectedTimes.At(where.Power, Expect(run)), Expect(run));
        run.There = there;
        _time.After(StragglerRace.GivenUpAfter(there.Expected), () =>
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

    private void ComeBack(UnitRun run, Elsewhere there, bool isEnded)
    {
        run.There = run.There == there ? null : run.There;
        if (!run.IsDone && !isEnded && run.Here is null)
        {
            Ready(run);
        }
    }

    private void Ready(UnitRun run)
    {
        run.IsRaced = false;
        _queue.Add(run, SimulatedUnit.Toolchain, run.Claim is null ? Expect(run).Ticks : long.MaxValue);
        Beat();
    }

    private TimeSpan Expect(UnitRun run) => _times.Of(_network.Options.KnowsTimes ? run.Unit.Work : null, run.Unit.Text);

    private void End(UnitRun run)
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

    private void Fail(Guid agent)
    {
        if (_backOff.MayUse(agent))
        {
            _backOff.Fail(agent);
            _network.Losses++;
        }
    }

    private void Beat() => Interlocked.Exchange(ref _changed, new TaskCompletionSource()).TrySetResult();

    private Task RoundTripAsync() => _time.DelayAsync(_network.Wires.Latency + _network.Wires.Latency, CancellationToken.None);

    // A gigabit, and texts compress to a quarter.
    private static TimeSpan Transfer(long text) => TimeSpan.FromSeconds(text / 4 / 125e6);
}
