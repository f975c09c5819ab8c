namespace DistBuild.Core.Placement;

/// <summary>Work sorted by weight, then by arrival, so that equal work is done in the project's order. Holds no lock; the caller serialises.</summary>
public sealed class HeaviestFirst<TWork>
{
    // Most builds have nothing to sort, and the runtime takes milliseconds to make this type.
    private SortedDictionary<(long Lightness, long Arrival), TWork>? _sorted;
    private long _arrivals;

    public int Count => _sorted?.Count ?? 0;

    /// <summary>The weight of what <see cref="Take"/> takes; there must be some.</summary>
    public long Heaviest => -First().Lightness;

    /// <param name="weight">Expected effort, not negative, in any unit that is the same for all work.</param>
    public void Add(TWork work, long weight) => (_sorted ??= []).Add((-weight, _arrivals++), work);

    /// <summary>The heaviest work; there must be some.</summary>
    public TWork Take()
    {
        (long, long) first = First();
        TWork work = _sorted![first];
        _sorted.Remove(first);
        return work;
    }

    /// <summary>Whether any work is wanted; asked from the heaviest on.</summary>
    public bool Any(Func<TWork, bool> wanted) => _sorted is not null && _sorted.Values.Any(wanted);

    /// <summary>Takes the heaviest work that is wanted; asked from the heaviest on.</summary>
    public bool TryTake(Func<TWork, bool> wanted, out TWork work)
    {
        foreach (KeyValuePair<(long, long), TWork> one in _sorted ?? [])
        {
            if (wanted(one.Value))
            {
                work = one.Value;
                return _sorted!.Remove(one.Key);
            }
        }

        work = default!;
        return false;
    }

    private (long Lightness, long Arrival) First()
    {
        using SortedDictionary<(long, long), TWork>.KeyCollection.Enumerator keys = _sorted!.Keys.GetEnumerator();
        keys.MoveNext();
        return keys.Current;
    }
}
