using DistBuild.Core.Discovery;
using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>The slots that work for a simulated client, at agents and on its own machine: each takes the heaviest unit that waits when it is free, and that the product's SlowSlot does not leave to a faster one.</summary>
internal sealed class ClientSlots(string client, SimulatedNetwork network, ClientUnits units, ClientKeys keys)
{
    /// <summary>What is left to a faster slot is looked at again so often.</summary>
    private static readonly TimeSpan Reconsider = OtherSlot.AtOnce;

    private readonly VirtualTime _time = network.Time;
    private readonly WorkingSlots _slots = new();

    public void Serve(Offer offer, CancellationToken end)
    {
        for (int slot = 0; slot < offer.Slots; slot++)
        {
            _ = ServeAsync(_slots.Add(offer.Power), network.Agents[offer.AgentId], end);
        }
    }

    /// <summary>One slot of the client's own machine.</summary>
    public async Task WorkHereAsync(CancellationToken end)
    {
        WorkingSlot own = _slots.Add(power: 100);
        while (!units.IsDone)
        {
            Task changed = units.Changed;
            if (units.TryTake(Choose(own), out UnitRun run))
            {
                if (await keys.TryClaimAsync(run))
                {
                    await CompileHereAsync(own, run);
                }
            }
            else
            {
                UnitRun[] elsewhere = [.. units.All.Where(unit => unit is { There: not null, IsRaced: false, IsDone: false })];
                int chosen = StragglerRace.Choose([.. elsewhere.Select(unit => new Straggler(_time.Now - unit.There!.Started, unit.There.Expected, unit.There.Here))], out TimeSpan? next);
                if (chosen >= 0)
                {
                    elsewhere[chosen].IsRaced = true;
                    network.Races++;
                    await CompileHereAsync(own, elsewhere[chosen]);
                }
                else
                {
                    await PauseAsync(changed, units.AnyWaits && !(next < Reconsider) ? Reconsider : next, end);
                }
            }
        }
    }

    /// <summary>What the slot should take, by what the others do now.</summary>
    private SlowSlot? Choose(WorkingSlot own) => network.Options.KeepsHeavyFromSlow ? _slots.Choose(own, _time.Now, units.Waiting, _ => true) : null;

    /// <summary>One slot of an agent, as long as there is something to do.</summary>
    private async Task ServeAsync(WorkingSlot own, SimulatedAgent agent, CancellationToken end)
    {
        try
        {
            while (!units.IsDone && units.MayUse(agent.Id))
            {
                Task changed = units.Changed;
                if (!units.AnyWaits)
                {
                    await changed;
                    continue;
                }

                if (!units.AnyFor(Choose(own)))
                {
                    await PauseAsync(changed, Reconsider, end);
                    continue;
                }

                own.Asks(_time.Now);
                await network.Wires.RoundTripAsync();
                using IDisposable slot = await agent.AnswerAsync(agent.AcquireAsync(client, end));
                own.Idles();
                while (units.TryTake(Choose(own), out UnitRun run))
                {
                    if (await keys.TryClaimAsync(run))
                    {
                        await CompileThereAsync(own, agent, run);
                        own.Idles();
                        break;
                    }
                }
            }
        }
        catch (AgentDiedException)
        {
            units.Fail(agent.Id);
        }
        catch (OperationCanceledException)
        {
            // The build ended while this slot waited.
        }
        finally
        {
            _slots.Remove(own);
        }
    }

    private async Task CompileThereAsync(WorkingSlot own, SimulatedAgent agent, UnitRun run)
    {
        Elsewhere there = units.GoElsewhere(run, agent);
        own.Begins(there.Started, there.Expected);
        bool isMade = false;
        try
        {
            await _time.DelayAsync(network.Wires.Latency + Wires.Transfer(run.Unit.Text), there.Cancellation.Token);
            if (!agent.Store.Contains(run.Unit.Key))
            {
                await agent.AnswerAsync(CompiledAsync(agent, run.Unit, there.Cancellation.Token));
            }

            isMade = true;
            units.Deliver(agent.Id);
            units.Took(run, ExpectedTimes.Typical(agent.Power, _time.Now - there.Started));
            run.Claim?.Settle(agent.Id);
            units.End(run);
        }
        catch (OperationCanceledException)
        {
            if (there.IsGivenUp || units.Disappoint(agent.Id))
            {
                units.Fail(agent.Id);
            }
        }
        finally
        {
            units.ComeBack(run, there, isMade);
        }
    }

    private static async Task<bool> CompiledAsync(SimulatedAgent agent, SimulatedUnit unit, CancellationToken cancellationToken)
    {
        await agent.CompileAsync(unit, cancellationToken);
        return true;
    }

    private async Task CompileHereAsync(WorkingSlot own, UnitRun run)
    {
        using CancellationTokenSource here = new();
        run.Here = here;
        own.Begins(_time.Now, units.Expect(run));
        try
        {
            await _time.DelayAsync(run.Unit.Work, here.Token);
            network.LocalCompiles++;
            units.Took(run, run.Unit.Work);
            keys.MadeHere(run);
            run.Here = null;
            units.End(run);
        }
        catch (OperationCanceledException)
        {
            // The other was first.
        }

        run.Here = null;
        own.Idles();
    }

    /// <param name="time">Null waits for the change alone.</param>
    private async Task PauseAsync(Task changed, TimeSpan? time, CancellationToken end)
    {
        // What is waited for in vain is let go, or a long build would drag it all along.
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(end);
        await Task.WhenAny(changed, _time.DelayAsync(time ?? Timeout.InfiniteTimeSpan, over.Token));
        over.Cancel();
    }
}
