using DistBuild.Benchmarks.Contenders;

namespace DistBuild.Benchmarks.Measuring;

/// <summary>Runs contenders in turn, A B C A B C, so that all of them meet the same machine.</summary>
internal static class Rounds
{
    /// <param name="prepare">Brings a contender to where a run starts; not measured.</param>
    public static async Task<IReadOnlyDictionary<IContender, Series>> MeasureAsync(IReadOnlyList<IContender> contenders, int rounds, Func<IContender, Task> prepare)
    {
        Dictionary<IContender, List<Cost>> costs = contenders.ToDictionary(contender => contender, _ => new List<Cost>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (IContender contender in contenders)
            {
                await prepare(contender);
                costs[contender].Add(await contender.RunAsync());
            }
        }

        return costs.ToDictionary(pair => pair.Key, pair => new Series(pair.Key.Name, pair.Value));
    }
}
