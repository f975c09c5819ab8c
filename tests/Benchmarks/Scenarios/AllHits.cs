using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>Everything is in the cache, no object is there.</summary>
internal sealed class AllHits : IScenario
{
    public string Name => "hits";

    public string Question => "What does a build cost whose every unit is a hit, after Clean, beyond the build tool's own time?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        foreach (Corpus corpus in await options.CorporaAsync())
        {
            await using Lab lab = await Lab.OpenAsync(corpus);
            await MeasureAsync(lab, options, results);
        }
    }

    private async Task MeasureAsync(Lab lab, BenchmarkOptions options, ResultLog results)
    {
        IContender[] cached = [lab.Product, lab.CcacheTuned, lab.CcacheCopying, lab.Ccache, .. options.WithSccache ? new[] { lab.Sccache } : []];
        if (options.WithSccache)
        {
            await lab.Sccache.StartAsync();
        }

        results.Say($"{lab.Corpus.Name}: {lab.Units} units; filling {cached.Length} caches");
        foreach (IContender contender in cached)
        {
            await contender.RunAsync();
        }

        Commands.MustBeTheSame(lab.Corpus, lab.Developer, lab.CcacheCopying);
        // Nothing to do is what ninja takes for itself, as the empty build is what MSBuild does.
        NinjaIdle ninja = new(lab.Ccache);
        IReadOnlyDictionary<IContender, Series> costs = await Rounds.MeasureAsync(
            [lab.Empty, lab.Product, ninja, .. cached.Skip(1)], options.Rounds, contender => contender == ninja ? Task.CompletedTask : contender.CleanAsync());
        lab.Product.MustBeAll(lab.Units, "from the local store");

        Series own = costs[lab.Product].Beyond(costs[lab.Empty]);
        ResultTable table = results.Table(Name, lab.Corpus.Name, lab.Units);
        table.Add(costs[lab.Empty]).Add(costs[ninja]).Add(costs[lab.Product]).AddBeyond(own);
        foreach (IContender peer in cached.Skip(1))
        {
            table.Add(costs[peer]).AddBeyond(costs[peer].Beyond(costs[ninja]));
        }

        table.Print();
        results.Check(Name, lab.Corpus.Name, "wall time beyond the empty build, of ccache tuned", own.RatioTo(costs[lab.CcacheTuned].Beyond(costs[ninja]), cost => cost.Wall), 0.5);
        results.Check(Name, lab.Corpus.Name, "wall time beyond the empty build, of ccache as it is", own.RatioTo(costs[lab.Ccache].Beyond(costs[ninja]), cost => cost.Wall), 0.2);
    }

    /// <summary>ninja when everything is there.</summary>
    private sealed class NinjaIdle(NinjaBuild build) : IContender
    {
        public string Name => "ninja, nothing to do";

        public Task CleanAsync() => Task.CompletedTask;

        public Task ForgetAsync() => Task.CompletedTask;

        public Task<Cost> RunAsync() => build.RunAsync();
    }
}
