namespace DistBuild.Core.Client;

/// <summary>Units that the network is to be asked about, until there are enough for a question or nothing more is coming.</summary>
internal sealed class MissQueue(Batch batch)
{
    /// <summary>How long the first miss waits for company: short beside one preprocessing, long enough for several to share a datagram.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>About as many fingerprints as fit into one datagram.</summary>
    private const int FullQuestion = 100;

    private readonly List<UnitWork> _misses = [];
    private bool _closed;

    /// <summary>False when nobody asks any more.</summary>
    public bool TryAdd(UnitWork work)
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

    /// <summary>The units of the next question; none when the batch is done.</summary>
    public async Task<IReadOnlyList<UnitWork>> GatherAsync(CancellationToken cancellationToken)
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
                    return TakeAll();
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

    /// <summary>Takes no more; what nobody was asked about.</summary>
    public IReadOnlyList<UnitWork> Close()
    {
        lock (_misses)
        {
            _closed = true;
            return TakeAll();
        }
    }

    private List<UnitWork> TakeAll()
    {
        List<UnitWork> taken = [.. _misses];
        _misses.Clear();
        return taken;
    }
}
