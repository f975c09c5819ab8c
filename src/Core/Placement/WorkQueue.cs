namespace DistBuild.Core.Placement;

/// <summary>
/// Work that waits for a slot, heaviest first: the longest unit started last is what makes a build late. Holds no clock and no lock; the caller serialises.
/// </summary>
/// <typeparam name="TWork">A unit of work.</typeparam>
/// <typeparam name="TNeed">What a worker must have to do it, for example a toolchain.</typeparam>
public sealed class WorkQueue<TWork, TNeed>
    where TNeed : notnull
{
    private readonly Dictionary<TNeed, HeaviestFirst<TWork>> _byNeed = [];

    public int Count { get; private set; }

    /// <param name="weight">Expected effort in any unit that is the same for all work.</param>
    public void Add(TWork work, TNeed need, long weight)
    {
        if (!_byNeed.TryGetValue(need, out HeaviestFirst<TWork>? list))
        {
            _byNeed.Add(need, list = new HeaviestFirst<TWork>());
        }

        list.Add(work, weight);
        Count++;
    }

    /// <summary>The need of the heaviest work that a worker with these needs can do.</summary>
    public bool TryPeek(Func<TNeed, bool> has, out TNeed need)
    {
        long heaviest = -1;
        need = default!;
        foreach (KeyValuePair<TNeed, HeaviestFirst<TWork>> entry in _byNeed)
        {
            if (entry.Value.Count > 0 && entry.Value.Heaviest > heaviest && has(entry.Key))
            {
                heaviest = entry.Value.Heaviest;
                need = entry.Key;
            }
        }

        return heaviest >= 0;
    }

    /// <summary>Takes the heaviest work that a worker with these needs can do.</summary>
    public bool TryTake(Func<TNeed, bool> has, out TWork work)
    {
        work = default!;
        if (!TryPeek(has, out TNeed need))
        {
            return false;
        }

        work = _byNeed[need].Take();
        Count--;
        return true;
    }

    /// <summary>Whether any work of this need is wanted; asked from the heaviest on.</summary>
    public bool Any(TNeed need, Func<TWork, bool> wanted) => _byNeed.TryGetValue(need, out HeaviestFirst<TWork>? list) && list.Any(wanted);

    /// <summary>Takes the heaviest work of this need that is wanted; asked from the heaviest on.</summary>
    public bool TryTake(TNeed need, Func<TWork, bool> wanted, out TWork work)
    {
        work = default!;
        if (!_byNeed.TryGetValue(need, out HeaviestFirst<TWork>? list) || !list.TryTake(wanted, out work))
        {
            return false;
        }

        Count--;
        return true;
    }
}
