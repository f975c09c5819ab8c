using DistBuild.Benchmarks.Cluster;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>
/// 10 agents of one slot and 15 developers with 5 files each, who start at the same moment and have never heard of the agents. The ideal for files of a second is
/// 8 s: 75 seconds of work on 10 slots, in whole seconds.
/// </summary>
internal sealed class Founding : IScenario
{
    private const int Agents = 10, Nodes = 15, Files = 5;

    public string Name => "founding";

    public string Question => "10 agents, 15 developers with 5 files each at the same moment: how long until the last object is there?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        int rounds = Math.Min(options.Rounds, 5);
        List<ClusterOutcome> different = [], mixed = [], recorded = [], same = [];
        List<double> bounds = [];
        for (int round = 0; round < rounds; round++)
        {
            different.AddRange(await RunAsync(results, ["75 files of 1 s"], (node, file) => ($"{node}_{file}", 1.0)));
            Random random = new(round);
            double[,] seconds = Draw(random);
            bounds.Add(LowerBound(seconds));
            ClusterOutcome[] twice = await RunAsync(results, ["75 files, lognormal, mean 1 s", "changed, and built again"], (node, file) => ($"{node}_{file}", seconds[node, file]));
            mixed.Add(twice[0]);
            recorded.Add(twice[1]);
            same.AddRange(await RunAsync(results, ["the same 5 files of 1 s for all"], (_, file) => ($"{file}", 1.0)));
        }

        results.Check(Name, "75 files of 1 s", "seconds to the last object, median, at first contact", Median(different), 8.6);
        results.Check(Name, "75 files of 1 s", "difference of jobs between agents, worst round", different.Max(one => one.PerAgent.Max() - one.PerAgent.Min()), 1);
        results.Check(Name, "75 files of 1 s", "units no agent compiled", different.Sum(one => one.Elsewhere), 0);
        results.Check(Name, "mixed durations, unknown", "times the lower bound, median", Series.Median(mixed.Zip(bounds, (one, bound) => one.Seconds / bound)), 1.3);
        results.Check(Name, "mixed durations, recorded", "times the lower bound, median", Series.Median(recorded.Zip(bounds, (one, bound) => one.Seconds / bound)), 1.15);
        results.Check(Name, "the same 5 files", "compiles, worst round", same.Max(one => one.Compiled), 5);
        results.Check(Name, "the same 5 files", "seconds, median", Median(same), 1.5);
    }

    private static double Median(IEnumerable<ClusterOutcome> outcomes) => Series.Median(outcomes.Select(one => one.Seconds));

    /// <param name="whats">A build for each, of the same files with other contents: from the second on it is recorded how long they take.</param>
    private static async Task<ClusterOutcome[]> RunAsync(ResultLog results, string[] whats, Func<int, int, (string Name, double Seconds)> file)
    {
        // New agents for every run: stores are empty, and nobody knows anybody.
        await using ClusterRun cluster = await ClusterRun.StartAsync(Agents);
        List<ClusterOutcome> outcomes = [];
        foreach (string what in whats)
        {
            string[][] sources = [.. Enumerable.Range(0, Nodes).Select(node => Enumerable.Range(0, Files).Select(number => file(node, number))
                .Select(one => StandIn.Source($"{one.Name}_{outcomes.Count}", TimeSpan.FromSeconds(one.Seconds))).ToArray())];
            ClusterOutcome outcome = await cluster.BuildAsync(sources);
            outcomes.Add(outcome);
            results.Say($"{what,-34}{outcome.Seconds,7:0.00} s, {outcome.Compiled} compiled for {outcome.Units}, per agent {string.Join(' ', outcome.PerAgent)}; "
                + $"processor {outcome.AgentProcessor:0.00} s agents, {outcome.NodeProcessor:0.00} s nodes, which compiled {outcome.NodeMethods} methods");
        }

        return [.. outcomes];
    }

    private static double[,] Draw(Random random)
    {
        double[,] seconds = new double[Nodes, Files];
        for (int i = 0; i < seconds.Length; i++)
        {
            // Mean exp(-1/2 + 1/2) = 1 s; Box and Muller 1958.
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            seconds[i / Files, i % Files] = Math.Exp(normal - 0.5);
        }

        return seconds;
    }

    /// <summary>No schedule ends before all work is done by all, or before the longest file.</summary>
    private static double LowerBound(double[,] seconds)
    {
        double[] all = [.. seconds.Cast<double>()];
        return Math.Max(all.Sum() / Agents, all.Max());
    }
}
