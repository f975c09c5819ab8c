using DistBuild.Core.Store;

namespace DistBuild.Agent.Requests;

/// <summary>What an agent's store holds and how often it helped. Counting a large store takes a while, so a count is good for a multiple of the time it took.</summary>
internal sealed class StoreCensus(ObjectStore store, TimeProvider time)
{
    /// <summary>However often it is asked for, counting takes at most a twentieth of one processor.</summary>
    private const int Rest = 20;

    private readonly Lock _lock = new();
    private (StoreStatistics Statistics, StoreSample Sample)? _last;
    private long _counted;
    private TimeSpan _took;
    private long _given;

    /// <summary>Entries that clients got without a compile of theirs.</summary>
    public long Given => Interlocked.Read(ref _given);

    public void Gave() => Interlocked.Increment(ref _given);

    public (StoreStatistics Statistics, StoreSample Sample) Take()
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(_counted) < _took * Rest)
            {
                return last;
            }

            long start = time.GetTimestamp();
            StoreSample sample = new();
            (StoreStatistics, StoreSample) counted = (store.Statistics(sample), sample);
            (_last, _counted, _took) = (counted, time.GetTimestamp(), time.GetElapsedTime(start));
            return counted;
        }
    }
}
