using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>
/// Brings back objects that are all that is gone, as after Clean: nobody touched what their units read, so the results that the records name are theirs. Nothing is keyed, and no source is read; each
/// result is a copy out of the local store. What is not there goes the ordinary way.
/// </summary>
internal sealed class ResultRecall(BuildSession session, BuildRecords records, FileStamps stamps, FinishedUnits finished)
{
    /// <summary>Brings back what it can.</summary>
    /// <param name="slots">How many units at once.</param>
    /// <returns>The others, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public List<UnitWork> Serve(List<UnitWork> units, int slots, CancellationToken cancellationToken)
    {
        // Hits that are to be compared with a compile need all that is known of them.
        UnitWork[] known = session.Options.Verify > 0 ? [] : [.. units.Where(work => work.Restorable is not null)];
        Share share = new(known);
        Task[] others = [.. Enumerable.Repeat(share, Math.Min(slots, known.Length)).Skip(1).Select(all => Task.Run(() => Serve(all, cancellationToken), CancellationToken.None))];
        try
        {
            Serve(share, cancellationToken);
        }
        finally
        {
            Task.WaitAll(others, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. units.Where(work => work.Recalled is null)];
    }

    private void Serve(Share share, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && share.Next() is { } work)
        {
            work.Begin();
            session.Store.Use(work.Restorable!.Result!.Key, found => Deliver(work, work.Restorable, found.Result));
        }
    }

    private bool Deliver(UnitWork work, UnitRecord record, CompiledResult result)
    {
        try
        {
            AtomicFile.Write(work.Unit.Object, result.Object, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The ordinary way meets the same, and says so.
            return false;
        }

        records.Restored(work.Unit.Object, record, stamps);
        work.Recalled = record.Result;
        finished.Add(work, UnitOutcome.LocalHit, null, 0, result.Output, result.Errors, verified: null);
        return true;
    }

    private sealed class Share(UnitWork[] units)
    {
        private int _taken;

        public UnitWork? Next()
        {
            int next = Interlocked.Increment(ref _taken) - 1;
            return next < units.Length ? units[next] : null;
        }
    }
}
