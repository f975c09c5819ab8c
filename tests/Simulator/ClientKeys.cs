using DistBuild.Agent.Requests;
using DistBuild.Core.Discovery;
using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>A simulated client's claims and fetches: one compile per key in the whole network, arbitrated by the product's ClaimTable at the keys' homes.</summary>
internal sealed class ClientKeys(SimulatedNetwork network, ClientUnits units, Questions questions)
{
    private const int MostHomes = 4;

    private readonly VirtualTime _time = network.Time;

    /// <summary>Sends a unit on its way by what the agents say of its key.</summary>
    public void Place(UnitRun run, IReadOnlyList<Offer> offers)
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
            units.Ready(run);
        }
    }

    /// <summary>Whether the unit may be compiled; else it is fetched, or waited for.</summary>
    public async Task<bool> TryClaimAsync(UnitRun run)
    {
        if (run.Claim is not null || run.IsUnclaimable)
        {
            return true;
        }

        foreach (Offer offer in HomeAgents.Of(run.Unit.Key, SimulatedUnit.Toolchain, questions.Known.Values, MostHomes))
        {
            SimulatedAgent home = network.Agents[offer.AgentId];
            if (!units.MayUse(home.Id))
            {
                continue;
            }

            await network.Wires.RoundTripAsync();
            if (home.IsDead)
            {
                await _time.DelayAsync(home.Silence, CancellationToken.None);
                units.Fail(home.Id);
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

    /// <summary>The unit was compiled by the client itself.</summary>
    public void MadeHere(UnitRun run)
    {
        if (run.Claim is { } claim && claim.Settle(Guid.Empty))
        {
            SimulatedAgent home = network.HomeOf(claim);
            _time.After(network.Wires.Latency + Wires.Transfer(run.Unit.Text), () =>
            {
                home.Store.Add(run.Unit.Key);
                home.Claims.Kept(run.Unit.Key);
            });
        }
    }

    private async Task ClaimOrQueueAsync(UnitRun run)
    {
        if (await TryClaimAsync(run))
        {
            units.Ready(run);
        }
    }

    private async Task FetchAsync(UnitRun run, Guid agent)
    {
        Elsewhere there = units.GoElsewhere(run, network.Agents[agent]);
        await network.Wires.RoundTripAsync();
        SimulatedAgent holder = network.Agents[agent];
        bool isThere = !holder.IsDead && holder.Store.Contains(run.Unit.Key);
        if (isThere)
        {
            units.End(run);
        }
        else
        {
            // Whoever was named does not have it any more; the claim's home is not to be asked again either.
            run.IsUnclaimable = true;
        }

        units.ComeBack(run, there, isThere);
    }

    private async Task FollowAsync(UnitRun run, SimulatedAgent home, ClaimPlace place)
    {
        Elsewhere there = units.GoElsewhere(run, home);
        ClaimTurn? turn = null;
        bool isLost = false;
        try
        {
            turn = await home.AnswerAsync(WaitAsync(place, there.Cancellation.Token));
        }
        catch (AgentDiedException)
        {
            units.Fail(home.Id);
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

        units.ComeBack(run, there, isEnded: turn is { IsMine: false });
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
}
