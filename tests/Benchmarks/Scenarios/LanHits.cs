using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>Two developers with the same sources: one has every result in the local store, the other none, but an agent on loopback that has them all.</summary>
internal sealed class LanHits : IScenario
{
    private const double MillisecondsOfTarget = 0.5;

    public string Name => "lan-hits";

    public string Question => "What does a hit at an agent cost beyond one in the local store?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        Corpus corpus = GeneratedCorpus.Of(options.Units, standardLibrary: true);
        using Developer full = await corpus.CheckOutAsync(), empty = await corpus.CheckOutAsync();
        using TemporaryFolder folder = new("distbuild-lan-hits-");
        results.Say($"{corpus.Name}: filling the store");
        ProductBuild local = new("hits in the local store", full), lan = new("hits at an agent", empty);
        await local.RunAsync();
        await full.RunAsync("cp", "-r", full.Store, folder["store"]);
        await using Agent agent = await Agent.StartAsync(folder["store"]);
        full.Use(agent);
        empty.Use(agent);

        // What compilers are is found out before, and kept when the store is cleared.
        await PrepareAsync(empty, lan);
        await lan.RunAsync();
        IReadOnlyDictionary<IContender, Series> costs = await Rounds.MeasureAsync(
            [local, lan], options.Rounds, contender => contender == lan ? PrepareAsync(empty, lan) : contender.CleanAsync());
        int units = corpus.Sources.Count;
        local.MustBeAll(units, "from the local store");
        lan.MustBeAll(units, "from agents");

        Series beyond = costs[lan].Beyond(costs[local]);
        results.Table(Name, corpus.Name, units).Add(costs[local]).Add(costs[lan]).Add(beyond with { Contender = "  … beyond the local hits" }).Print();
        results.Check(Name, corpus.Name, "milliseconds beyond a local hit, one unit", beyond.Wall / units, MillisecondsOfTarget);
    }

    private static async Task PrepareAsync(Developer developer, ProductBuild build)
    {
        await build.CleanAsync();
        (await developer.RunAsync(Product.Tool, "store", "clear", "--store", developer.Store)).MustSucceed();
    }
}
