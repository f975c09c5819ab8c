using System.Collections.Concurrent;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>Writes a result; false when it could not be written and the unit must be compiled here.</summary>
internal delegate bool Deliver(UnitWork work, UnitOutcome outcome, string? agent, CompiledResult result);

/// <summary>
/// The agents' side of a batch: asks for all misses together, fetches what somebody has, waits where it is being compiled, and lets every agent slot that is granted
/// take the heaviest unit that waits at that moment.
/// </summary>
internal sealed class AgentDispatcher(BuildSession session, Batch batch, Deliver deliver, IBuildObserver observer)
{
    /// <summary>How long the first miss waits for company: short beside one preprocessing, long enough for several to share a datagram.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>About as many fingerprints as fit into one datagram.</summary>
    private const int FullQuestion = 100;

    private readonly AgentPool _pool = session.Agents;
    private readonly ConcurrentDictionary<Guid, HelpingAgent> _helpers = new();
    private readonly List<UnitWork> _misses = [];
    private readonly ConcurrentBag<Task> _running = [];
    private bool _closed;

    /// <summary>Takes a unit that the local store does not have; false when the batch is over.</summary>
    public bool Ask(UnitWork work)
    {
        lock (_misses)
        {
            if (_closed)
            {
                return false;
            }

            _misses.Add(work);
        }

        batch.Beat();
        return true;
    }

    /// <summary>Runs until the batch is done, or cancelled; never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        batch.IsServedElsewhere = toolchain => _helpers.Values.Any(helper => helper.IsWorking && helper.Has(toolchain));
        try
        {
            while (await GatherAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } misses)
            {
                await PlaceAsync(misses, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The batch ended, well or not; its workers say how.
        }
        finally
        {
            // Whatever happened to the dispatcher, no unit waits for it.
            foreach (UnitWork work in Close())
            {
                batch.Ready(work);
            }

            await Task.WhenAll(_running).ConfigureAwait(false);
        }
    }

    private async Task<List<UnitWork>> GatherAsync(CancellationToken cancellationToken)
    {
        Task? full = null;
        while (true)
        {
            Task changed = batch.Changed;
            cancellationToken.ThrowIfCancellationRequested();
            lock (_misses)
            {
                if (_misses.Count >= FullQuestion || (_misses.Count > 0 && (batch.NothingToPrepare || full is { IsCompleted: true })))
                {
                    List<UnitWork> gathered = [.. _misses];
                    _misses.Clear();
                    return gathered;
                }

                full ??= _misses.Count > 0 ? Task.Delay(Gathering, cancellationToken) : null;
            }

            if (batch.IsDone)
            {
                return [];
            }

            await Task.WhenAny(changed, full ?? changed).ConfigureAwait(false);
        }
    }

    private List<UnitWork> Close()
    {
        lock (_misses)
        {
            _closed = true;
            List<UnitWork> left = [.. _misses];
            _misses.Clear();
            return left;
        }
    }

    private async Task PlaceAsync(List<UnitWork> misses, CancellationToken cancellationToken)
    {
        Dictionary<UnitWork, ulong> fingerprints = misses.ToDictionary(work => work, work => work.Prepared!.Key!.Value.Fingerprint);
        HashSet<ulong> toolchains = [.. misses.Select(work => work.Prepared!.Toolchain.Digest.Fingerprint)];
        IReadOnlyList<Offer> offers = await _pool.AskAsync(toolchains, [.. fingerprints.Values.Distinct()], cancellationToken).ConfigureAwait(false);
        foreach (Offer offer in offers.Where(offer => offer is { Toolchains.Count: > 0, Slots: > 0 }))
        {
            Enlist(offer, cancellationToken);
        }

        foreach (UnitWork work in misses)
        {
            Offer[] holders = [.. offers.Where(offer => Holds(offer, fingerprints[work], Holding.Object)).OrderByDescending(offer => offer.FreeSlots)];
            Offer[] compiling = [.. offers.Where(offer => Holds(offer, fingerprints[work], Holding.Compiling))];
            if (holders.Length + compiling.Length == 0)
            {
                batch.Ready(work);
            }
            else
            {
                _running.Add(FetchAsync(work, [.. holders, .. compiling], cancellationToken));
            }
        }
    }

    /// <summary>Lets every slot of an agent work for this batch; a later offer of the same agent may bring more toolchains, because each question names only its own.</summary>
    private void Enlist(Offer offer, CancellationToken cancellationToken)
    {
        HelpingAgent helper = new(offer);
        bool isNew = _helpers.TryAdd(offer.AgentId, helper);
        helper = _helpers[offer.AgentId];
        foreach (ulong toolchain in offer.Toolchains)
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

    private static bool Holds(Offer offer, ulong fingerprint, Holding wanted) =>
        offer.Holdings.TryGetValue(fingerprint, out Holding holding) && holding == wanted;

    private async Task FetchAsync(UnitWork work, Offer[] offers, CancellationToken cancellationToken)
    {
        foreach (Offer offer in offers)
        {
            try
            {
                AgentConnection connection = await _pool.ConnectAsync(offer).ConfigureAwait(false);
                CompiledResult? result = await connection.FetchAsync(work.Prepared!.Key!.Value, wait: true, cancellationToken).ConfigureAwait(false);
                if (result is not null && deliver(work, UnitOutcome.AgentHit, offer.Name, result))
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever an agent makes go wrong, the unit must not be lost with it.
                Lose(offer, e.Message);
            }
        }

        batch.Ready(work);
    }

    /// <summary>One slot of an agent, as long as it has something to do.</summary>
    private async Task ServeAsync(HelpingAgent helper, CancellationToken cancellationToken)
    {
        Offer offer = helper.Offer;
        try
        {
            AgentConnection connection = await _pool.ConnectAsync(offer).ConfigureAwait(false);
            while (await WorkForAsync(helper, cancellationToken).ConfigureAwait(false) is { } toolchain)
            {
                SlotLease? lease = await connection.LeaseAsync(toolchain, cancellationToken).ConfigureAwait(false);
                if (lease is null)
                {
                    return;
                }

                await using (lease.ConfigureAwait(false))
                {
                    if (batch.TryTakeForAgent(toolchain, out UnitWork? work))
                    {
                        await CompileThereAsync(offer, lease, work, cancellationToken).ConfigureAwait(false);
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
            Lose(offer, e.Message);
        }
        finally
        {
            helper.SlotEnds();
            batch.AgentSlots(-1);
        }
    }

    private async Task<Digest?> WorkForAsync(HelpingAgent helper, CancellationToken cancellationToken)
    {
        while (!batch.IsDone)
        {
            Task changed = batch.Changed;
            cancellationToken.ThrowIfCancellationRequested();
            if (batch.TryPeek(helper.Has, out Digest toolchain))
            {
                return toolchain;
            }

            await changed.ConfigureAwait(false);
        }

        return null;
    }

    private async Task CompileThereAsync(Offer offer, SlotLease lease, UnitWork work, CancellationToken cancellationToken)
    {
        PreparedUnit prepared = work.Prepared!;
        try
        {
            RemoteCompileResult made = await lease.CompileAsync(prepared.Key!.Value, prepared.Toolchain.Digest, prepared.Job!, prepared.Text, cancellationToken).ConfigureAwait(false);
            if (made.Result is { Errors.Length: > 0 } && !prepared.Toolchain.Family.SaysTheSame(prepared.Job!, work.Unit.Command.Environment))
            {
                work.Reason = "the compiler has something to say, and says it better with the source at hand";
                work.LocalOnly = true;
            }
            else if (made.Result is { } result)
            {
                if (deliver(work, made.FromStore ? UnitOutcome.AgentHit : UnitOutcome.CompiledOnAgent, offer.Name, result))
                {
                    return;
                }
            }
            else
            {
                // Only the compiler's word about the source itself may fail a build, so the compiler here speaks it.
                work.Reason = made.ExitCode is { } code ? $"the text did not compile on {offer.Name} (exit code {code})" : $"{offer.Name} declined: {made.Errors}";
                work.LocalOnly = true;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            batch.Ready(work);
            throw;
        }

        batch.Ready(work);
    }

    private void Lose(Offer offer, string why)
    {
        if (_pool.Lose(offer, why))
        {
            observer.Report(BuildDiagnostics.AgentLost, offer.Name, why);
        }
    }
}
