using DistBuild.Core.Compatibility;
using System.Collections.Concurrent;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>
/// What a batch shares with the rest of the network: fetches results and manifests that others have, claims keys before they are compiled so that each is compiled
/// once, and hands over what others wait for. Every way that fails leaves the unit ready to be compiled.
/// </summary>
internal sealed class SharedResults(BuildSession session, Batch batch, ElsewhereUnits elsewhere, Deliver deliver, Action<Offer, string> lose)
{
    /// <summary>Claims are asked of so many, should the first not answer.</summary>
    private const int MostHomes = 4;

    private readonly AgentPool _pool = session.Agents;
    private readonly ConcurrentDictionary<Guid, Offer> _known = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConcurrentBag<Task<bool>> _debts = [];

    /// <summary>Who may be asked from now on.</summary>
    public void Learn(IEnumerable<Offer> offers)
    {
        foreach (Offer offer in offers)
        {
            _known[offer.AgentId] = offer;
        }
    }

    /// <summary>Brings the unit's result from the first of these that has it.</summary>
    public void Fetch(UnitWork work, IReadOnlyList<Offer> offers, CancellationToken cancellationToken) =>
        Run(work, () => RaceableAsync(work, offers[0], batch.NotFound, async run =>
        {
            foreach (Offer offer in offers)
            {
                if (await TryFetchAsync(run, offer).ConfigureAwait(false))
                {
                    return true;
                }
            }

            return false;
        }, cancellationToken));

    /// <summary>Brings the unit's result from whoever its key's home names; when nobody has it any more, the claim to compile it is this unit's.</summary>
    public void Seek(UnitWork work, CancellationToken cancellationToken) =>
        Run(work, async () =>
        {
            if (await ClaimAsync(work, cancellationToken).ConfigureAwait(false))
            {
                batch.NotFound(work);
            }
        });

    /// <summary>Brings the unit's manifest from the first of these that has it; either way the unit is prepared again.</summary>
    public void FetchManifest(UnitWork work, IReadOnlyList<Offer> offers, CancellationToken cancellationToken) =>
        Run(work, async () =>
        {
            Digest key = work.Prepared!.Direct!.Manifest;
            foreach (Offer offer in offers)
            {
                CompiledResult? found = await TryAskAsync(offer, agent => agent.FetchAsync(key, wait: false, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (found is not null && ManifestFormat.TryRead(found.Object) is { } manifest && manifest.Entries.All(entry => DirectKeyer.IsGenuine(key, entry)))
                {
                    session.Manifests.Add(key, manifest);
                    break;
                }
            }

            batch.Again(work);
        });

    /// <summary>To be asked before a unit is compiled, anywhere: false when somebody else has its result or compiles it, and it will be brought.</summary>
    public async Task<bool> ClaimAsync(UnitWork work, CancellationToken cancellationToken)
    {
        if (work is not { Claim: null, IsUnclaimable: false, Prepared: { Key: { } key, Toolchain: { } toolchain } })
        {
            return true;
        }

        foreach (Offer home in HomeAgents.Of(key, toolchain.Digest.Fingerprint, _known.Values, MostHomes))
        {
            if (_pool.IsUsable(home)
                && await TryAskAsync<ClaimAnswer>(
                    home, async agent => await agent.ClaimAsync(key, retry: false, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { } answer)
            {
                work.Claim = (answer as ClaimAnswer.Mine)?.Claim;
                if (answer is ClaimAnswer.Mine or ClaimAnswer.Unclaimed)
                {
                    return true;
                }

                Run(work, () => RaceableAsync(work, home, batch.Ready, run => TryFollowAsync(run, home, answer), cancellationToken));
                return false;
            }
        }

        return true;
    }

    /// <summary>An agent has the unit's result now.</summary>
    public void MadeThere(UnitWork work, Offer agent) => _debts.Add(PayAsync(work, work.TakeClaim(), agent.AgentId, null, agent));

    /// <summary>The unit was compiled on this machine.</summary>
    public void MadeHere(UnitWork work, CompiledResult result) => _debts.Add(PayAsync(work, work.TakeClaim(), Guid.Empty, result, null));

    /// <summary>Waits until whoever waits for results of this batch has them, or cannot have them.</summary>
    public Task PayDebtsAsync(CancellationToken cancellationToken) => Task.WhenAll(_debts).OrCancelledAsync(cancellationToken);

    /// <summary>Waits for all that was begun.</summary>
    public Task EndAsync() => Task.WhenAll(_running);

    /// <summary>Runs to the end of a unit's way through the network; what goes wrong on it must not lose the unit.</summary>
    private void Run(UnitWork work, Func<Task> way) => _running.Add(Task.Run(async () =>
    {
        try
        {
            await way().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The batch ended, well or not; its workers say how.
        }
        catch (Exception e)
        {
            work.Reason = e.Message;
            work.LocalOnly = true;
            batch.Ready(work);
        }
    }));

    /// <summary>Null when the agent cannot answer any more; it is lost then.</summary>
    private async Task<T?> TryAskAsync<T>(Offer offer, Func<AgentConnection, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ask(await _pool.ConnectAsync(offer, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            lose(offer, e.Message);
            return null;
        }
    }

    /// <summary>A way that a slot here may join when it takes too long.</summary>
    /// <param name="otherwise">Where the unit goes when the way did not end it.</param>
    /// <param name="way">Whether it ended the unit.</param>
    private async Task RaceableAsync(UnitWork work, Offer first, Action<UnitWork> otherwise, Func<ElsewhereRun, Task<bool>> way, CancellationToken cancellationToken)
    {
        ElsewhereRun run = elsewhere.Add(work, first, cancellationToken);
        batch.Beat();
        bool isEnded = false;
        string? problem = null;
        try
        {
            isEnded = await way(run).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problem = e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The compiler here was first, or nothing is to be hoped for from whoever has the claim.
            work.IsUnclaimable = true;
        }
        finally
        {
            if (elsewhere.Remove(run) && !isEnded)
            {
                (work.Reason, work.LocalOnly) = (problem ?? work.Reason, work.LocalOnly || problem is not null);
                otherwise(work);
            }
        }
    }

    private async Task<bool> TryFetchAsync(ElsewhereRun run, Offer offer)
    {
        CompiledResult? result = await TryAskAsync(offer, agent => agent.FetchAsync(run.Work.Prepared!.Key!.Value, wait: true, run.There), run.There).ConfigureAwait(false);
        return result is not null && TryDeliver(run, offer, result);
    }

    private bool TryDeliver(ElsewhereRun run, Offer offer, CompiledResult result)
    {
        UnitWork work = run.Work;
        if (!run.TryWinThere())
        {
            throw new OperationCanceledException(run.There);
        }

        if (!deliver(work, UnitOutcome.AgentHit, offer.Name, result))
        {
            return false;
        }

        _pool.Delivered(offer);
        MadeThere(work, offer);
        return true;
    }

    /// <summary>Follows a claimed key to its result; where the way ends without one, the unit is compiled.</summary>
    private async Task<bool> TryFollowAsync(ElsewhereRun run, Offer home, ClaimAnswer? answer)
    {
        UnitWork work = run.Work;
        for (bool isRetry = false; ;)
        {
            switch (answer)
            {
                case ClaimAnswer.Taken taken:
                    answer = await TryAskAsync<ClaimAnswer>(home, async _ => await taken.OutcomeAsync(run.There).ConfigureAwait(false), run.There).ConfigureAwait(false);
                    continue;
                case ClaimAnswer.Made made when TryDeliver(run, home, made.Result):
                    return true;
                case ClaimAnswer.Elsewhere there when _known.TryGetValue(there.Agent, out Offer? holder) && await TryFetchAsync(run, holder).ConfigureAwait(false):
                    return true;
                case ClaimAnswer.Elsewhere when !isRetry:
                    isRetry = true;
                    answer = await TryAskAsync<ClaimAnswer>(
                        home, async agent => await agent.ClaimAsync(work.Prepared!.Key!.Value, retry: true, run.There).ConfigureAwait(false), run.There).ConfigureAwait(false);
                    continue;
                case ClaimAnswer.Mine mine:
                    work.Claim = mine.Claim;
                    return false;
                default:
                    // Of a home that is gone, the next in the order arbitrates; otherwise all who waited there would compile.
                    work.IsUnclaimable = _pool.IsUsable(home);
                    return false;
            }
        }
    }

    /// <summary>Settles the claim and gives to the others what they lack: the result when only this machine has it, the manifest when nobody had it.</summary>
    /// <returns>Whether anything was given.</returns>
    private async Task<bool> PayAsync(UnitWork work, KeyClaim? claim, Guid keeper, CompiledResult? result, Offer? agent)
    {
        PreparedUnit prepared = work.Prepared!;
        if (claim is not null && await IsWantedAsync(claim, keeper).ConfigureAwait(false) && result is not null)
        {
            agent = claim.Home.Offer;
            await GiveAsync(agent, prepared.Key!.Value, KeepKind.Result, result).ConfigureAwait(false);
        }

        if (agent is null || !work.ManifestSought || prepared is not { Direct: { } direct, Entry: { } entry })
        {
            return false;
        }

        agent = KeeperOf(direct.Manifest, prepared.Toolchain.Digest.Fingerprint) ?? agent;
        byte[] manifest = ManifestFormat.Write(Manifest.Empty.With(entry));
        return await GiveAsync(agent, direct.Manifest, KeepKind.Manifest, new CompiledResult(manifest, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty)).ConfigureAwait(false);
    }

    /// <summary>On a large network a manifest is at its own key's home, where it is asked for; else null.</summary>
    private Offer? KeeperOf(Digest manifest, ulong toolchain) =>
        _known.Count > Audience.Everybody ? HomeAgents.Of(manifest, toolchain, _known.Values, MostHomes).FirstOrDefault(_pool.IsUsable) : null;

    private async Task<bool> IsWantedAsync(KeyClaim claim, Guid keeper) =>
        await TryAskAsync<object>(claim.Home.Offer, async _ => await claim.SettleAsync(keeper, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false) is true;

    private async Task<bool> GiveAsync(Offer agent, Digest key, KeepKind kind, CompiledResult content) =>
        await TryAskAsync<object>(agent, async there => await there.KeepAsync(key, kind, content, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false) is true;
}
