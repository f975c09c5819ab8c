using System.Collections.Concurrent;

namespace DistBuild.Tests.NetFramework;

/// <summary>Members of collections that .NET Framework lacks.</summary>
internal static class CollectionMembers
{
    public static IEnumerable<T> Order<T>(this IEnumerable<T> values, IComparer<T>? comparer = null) => values.OrderBy(value => value, comparer);

    public static IEnumerable<T> Reverse<T>(this T[] values) => Enumerable.Reverse(values);

    public static IEnumerable<T> TakeLast<T>(this IReadOnlyList<T> values, int count) => values.Skip(values.Count - count);

    public static T? MinBy<T, TKey>(this IEnumerable<T> values, Func<T, TKey> key) => values.OrderBy(key).FirstOrDefault();

    public static Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this IEnumerable<KeyValuePair<TKey, TValue>> pairs) =>
        pairs.ToDictionary(pair => pair.Key, pair => pair.Value);

    public static void Clear<T>(this ConcurrentBag<T> bag)
    {
        while (bag.TryTake(out _))
        {
        }
    }
}
