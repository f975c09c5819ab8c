using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>Writes a result; false when it could not be written and the unit must be compiled here.</summary>
internal delegate bool Deliver(UnitWork work, UnitOutcome outcome, string? agent, CompiledResult result);

/// <summary>
/// The agents' side of a batch: asks for all misses together, and sends each unit on its way by what the agents say: a manifest or a result is fetched, what is being
/// compiled is waited for there, what nobody has is compiled.
/// </summary>
internal sealed class AgentDispatcher
{
    private readonly Digest _client = Digest.Of(Guid.NewGuid().ToByteArray());
    private readonly AgentPool _pool;
    private readonly Batch _batch;
    private readonly IBuildObserver _observer;
    private readonly MissQueue _misses;
    private readonly AgentSlots _slots;
    private readonly object _gate = new();
    private bool _isOver;

    public AgentDispatcher(
        BuildSession session, Batch batch, ElsewhereUnits elsewhere, UnitTimes times, Deliver deliver, IBuildObserver observer)
    {
        (_pool, _batch, _observer) = (session.Agents, batch, observer);
        _misses = new MissQueue(batch);
        Results = new SharedResults(session, batch, elsewhere, deliver, Lose);
        _slots = new AgentSlots(_pool, batch, elsewhere, times, Results, deliver, Lose);
    }

    public SharedResults Results { get; }

    /// <summary>Takes a unit whose manifest or result is not here; false when the batch is over.</summary>
    public bool Ask(UnitWork work) => _misses.TryAdd(work);

    /// <summary>Runs until the batch is done, or cancelled; never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (_batch.IsServedElsewhere, _batch.ChooseHere) = (_slots.Serve, _slots.ChooseHere);
        _pool.HeardLate += Enlist;
        try
        {
            while (await _misses.GatherAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } misses)
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
            _pool.HeardLate -= Enlist;
            lock (_gate)
            {
                _isOver = true;
            }

            // Whatever happened to the dispatcher, no unit waits for it.
            foreach (UnitWork work in _misses.Close())
            {
                _batch.Ready(work);
            }

            await Results.EndAsync().ConfigureAwait(false);
            await _slots.EndAsync().ConfigureAwait(false);
        }

        // On a large network there are enough that answered in time.
        void Enlist(Offer late)
        {
            lock (_gate)
            {
                if (!_isOver && _pool.Known.Count <= Audience.Everybody)
                {
                    Results.Learn([late]);
                    if (late.Slots > 0)
                    {
                        _slots.Enlist(late, cancellationToken);
                    }

                    _batch.Reconsider();
                }
            }
        }
    }

    private async Task PlaceAsync(IReadOnlyList<UnitWork> misses, CancellationToken cancellationToken)
    {
        HashSet<ulong> toolchains = [.. misses.Select(work => work.Prepared!.Toolchain.Digest.Fingerprint)];
        AskedKey[] keys = [.. misses.Select(work => new AskedKey(Asked(work), work.Prepared!.Toolchain.Digest.Fingerprint)).Distinct()];
        IReadOnlyList<Offer> offers = await _pool.AskAsync(toolchains, keys, cancellationToken).ConfigureAwait(false);
        Results.Learn(_pool.Known);
        Offer[] able = [.. _pool.Known.Where(offer => offer.Slots > 0 && offer.Toolchains.Any(toolchains.Contains))];
        foreach (Offer offer in Helpers.Choose(able, _batch.Remaining, _client))
        {
            _slots.Enlist(offer, cancellationToken);
        }

        foreach (UnitWork work in misses)
        {
            Place(work, offers, cancellationToken);
        }
    }

    private static Digest Asked(UnitWork work) => work.Prepared!.Key ?? work.Prepared.Direct!.Manifest;

    private void Place(UnitWork work, IReadOnlyList<Offer> offers, CancellationToken cancellationToken)
    {
        ulong asked = Asked(work).Fingerprint;
        Offer[] holders = [.. offers.Where(offer => Holds(offer, asked, Holding.Object)).OrderByDescending(offer => offer.FreeSlots)];
        Offer[] compiling = [.. offers.Where(offer => Holds(offer, asked, Holding.Compiling))];
        if (work.Prepared is { Key: { } key })
        {
            work.SoughtKey = key;
            if (holders.Length + compiling.Length > 0)
            {
                Results.Fetch(work, [.. holders, .. compiling], cancellationToken);
            }
            else if (offers.Any(offer => Holds(offer, asked, Holding.Elsewhere)))
            {
                Results.Seek(work, cancellationToken);
            }
            else
            {
                _batch.NotFound(work);
            }

            return;
        }

        work.ManifestSought = true;
        Results.FetchManifest(work, holders, cancellationToken);
    }

    private static bool Holds(Offer offer, ulong fingerprint, Holding wanted) =>
        offer.Holdings.TryGetValue(fingerprint, out Holding holding) && holding == wanted;

    private void Lose(Offer offer, string why)
    {
        if (_pool.Lose(offer, why))
        {
            _observer.Report(BuildDiagnostics.AgentLost, offer.Name, why);
        }
    }
}
