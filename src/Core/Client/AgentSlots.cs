using System.Collections.Concurrent;
using System.Diagnostics;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>The slots of agents that work for a batch: each, when it is granted, takes the heaviest unit that waits at that moment.</summary>
internal sealed class AgentSlots(
    AgentPool pool, Batch batch, ElsewhereUnits elsewhere, UnitTimes times, SharedResults results, Deliver deliver, Action<Offer, string> lose)
{
    /// <summary>After so many agents, or attempts of one, the compiler here is asked: it may be the unit.</summary>
    private const int MostReturns = 2;

    private readonly ConcurrentDictionary<Guid, HelpingAgent> _helpers = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly BatchSlots _working = new();

    /// <summary>Whether some slot may take units of this toolchain.</summary>
    public bool Serve(Digest toolchain) => _helpers.Values.Any(helper => helper.IsWorking && helper.Has(toolchain));

    /// <summary>What a slot here leaves to faster ones at agents.</summary>
    public SlowSlot? ChooseHere(Digest toolchain, TimeSpan waiting) => _working.ChooseHere(toolchain, waiting);

    /// <summary>Lets every slot of an agent work for this batch; a later offer of the same agent may bring more toolchains, because each question names only its own.</summary>
    public void Enlist(Offer offer, CancellationToken cancellationToken)
    {
        // One whose slots all ended was left alone meanwhile, or had nothing for this batch.
        bool isNew = !_helpers.TryGetValue(offer.AgentId, out HelpingAgent? helper) || !helper.IsWorking;
        IEnumerable<ulong> toolchains = helper?.Toolchains.Keys.Concat(offer.Toolchains) ?? offer.Toolchains;
        helper = isNew ? _helpers[offer.AgentId] = new HelpingAgent(offer) : helper!;
        foreach (ulong toolchain in toolchains)
        {
            helper.Toolchains[toolchain] = true;
        }

        for (int slot = 0; isNew && slot < offer.Slots; slot++)
        {
            helper.SlotStarts();
            batch.AgentSlots(+1);
            _running.Add(ServeAsync(helper, cancellationToken));
        }

        batch.Beat();
    }

    /// <summary>Waits for all slots; they end with the batch.</summary>
    public Task EndAsync() => Task.WhenAll(_running);

    /// <summary>One slot of an agent, as long as it has something to do.</summary>
    private async Task ServeAsync(HelpingAgent helper, CancellationToken cancellationToken)
    {
        Offer offer = helper.Offer;
        BatchSlots.BatchSlot? slot = null;
        try
        {
            AgentConnection connection = await pool.ConnectAsync(offer, cancellationToken).ConfigureAwait(false);
            slot = _working.Add(helper);
            while (await WorkForAsync(helper, slot, cancellationToken).ConfigureAwait(false) is { } toolchain)
            {
                slot.Asks();
                SlotLease? lease = await connection.LeaseAsync(toolchain, cancellationToken).ConfigureAwait(false);
                if (lease is null)
                {
                    return;
                }

                await using (lease.ConfigureAwait(false))
                {
                    slot.Idles();
                    if (await TakeAsync(toolchain, slot, cancellationToken).ConfigureAwait(false) is { } work)
                    {
                        await CompileAsync(offer, lease, work, cancellationToken).ConfigureAwait(false);
                        slot.Idles();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The batch ended while this slot waited.
        }
        catch (Exception e)
        {
            lose(offer, e.Message);
        }
        finally
        {
            slot?.End();
            helper.SlotEnds();
            batch.AgentSlots(-1);
        }
    }

    private async Task<Digest?> WorkForAsync(HelpingAgent helper, BatchSlots.BatchSlot slot, CancellationToken cancellationToken)
    {
        while (!batch.IsDone && pool.IsUsable(helper.Offer))
        {
            Task changed = batch.Changed;
            cancellationToken.ThrowIfCancellationRequested();
            if (!batch.TryPeek(helper.Has, out Digest toolchain))
            {
                await changed.ConfigureAwait(false);
            }
            else if (batch.AnyFor(toolchain, slot.Choose))
            {
                return toolchain;
            }
            else
            {
                await Task.WhenAny(changed, Task.Delay(OtherSlot.AtOnce, cancellationToken)).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>The heaviest unit that nobody else on the network compiles; null when none waits any more.</summary>
    private async Task<UnitWork?> TakeAsync(Digest toolchain, BatchSlots.BatchSlot slot, CancellationToken cancellationToken)
    {
        while (batch.TryTakeForAgent(toolchain, slot.Choose, out UnitWork? work))
        {
            try
            {
                slot.Begins(work.Expected);
                if (await results.ClaimAsync(work, cancellationToken).ConfigureAwait(false))
                {
                    return work;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                batch.Ready(work);
                throw;
            }
        }

        return null;
    }

    private async Task CompileAsync(Offer offer, SlotLease lease, UnitWork work, CancellationToken cancellationToken)
    {
        ElsewhereRun run = elsewhere.Add(work, offer, cancellationToken);
        batch.Beat();
        Stopwatch watch = Stopwatch.StartNew();
        (bool IsDelivered, string? Refusal) end = default;
        try
        {
            end = await TryCompileAsync(offer, lease, run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (!run.IsWonHere)
            {
                lose(offer, FormattableString.Invariant($"{offer.Name} ({offer.EndPoint}): did not finish {work.Unit.Name} within {watch.Elapsed.TotalSeconds:0} s."));
            }
            else
            {
                Disappoint(offer, "needed much longer than expected");
            }
        }
        finally
        {
            if (elsewhere.Remove(run) && !end.IsDelivered)
            {
                // Only the compiler's word about the source itself may fail a build, so the compiler here speaks it.
                (work.Reason, work.LocalOnly) = (end.Refusal ?? work.Reason, work.LocalOnly || end.Refusal is not null);
                batch.Ready(work);
            }
        }
    }

    private void Disappoint(Offer offer, string how)
    {
        if (pool.IsDisappointing(offer))
        {
            lose(offer, $"{offer.Name} ({offer.EndPoint}): took units several times in a row and did not deliver: {how}.");
        }
    }

    private async Task<(bool IsDelivered, string? Refusal)> TryCompileAsync(Offer offer, SlotLease lease, ElsewhereRun run)
    {
        UnitWork work = run.Work;
        PreparedUnit prepared = work.Prepared!;
        bool sameWords = prepared.Toolchain.Family.SaysTheSame(prepared.Job!, work.Unit.Command.Environment);
        Stopwatch watch = Stopwatch.StartNew();
        RemoteCompileResult made = await lease.CompileAsync(
            prepared.Key!.Value, prepared.Toolchain.Digest, prepared.Job!, sameWords, prepared.Text, run.There).ConfigureAwait(false);
        if (!sameWords && made.Result is { HasWords: true })
        {
            return (false, "the compiler has something to say, and says it better with the source at hand");
        }

        if (made.IsAgentsFault)
        {
            Disappoint(offer, made.Errors);
            work.Returns++;
            return (false, work.Returns < MostReturns ? null : $"{offer.Name} declined: {made.Errors}");
        }

        if (made.Result is not { } result)
        {
            return (false, made.ExitCode is { } code ? $"the text did not compile on {offer.Name} (exit code {code})" : $"{offer.Name} declined: {made.Errors}");
        }

        if (!run.TryWinThere())
        {
            return (false, null);
        }

        if (!made.FromStore)
        {
            times.Took(work.Unit.Object, new CompileTime(ExpectedTimes.Typical(offer.Power, watch.Elapsed), prepared.Text.Length));
        }

        pool.Delivered(offer);
        results.MadeThere(work, offer);
        return (deliver(work, made.FromStore ? UnitOutcome.AgentHit : UnitOutcome.CompiledOnAgent, offer.Name, result), null);
    }
}
