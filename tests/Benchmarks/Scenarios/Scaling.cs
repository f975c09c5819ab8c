using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>The same work for more and more units.</summary>
internal sealed class Scaling : IScenario
{
    // A fresh process compiles its own code once, which few units have to bear: flat means that no unit costs more for standing beside many.
    private const double Flat = 1.2;

    private static readonly int[] Sizes = [100, 300, 1000, 3000];

    public string Name => "scaling";

    public string Question => "Does a unit cost the same in a project of 100 units and in one of 3,000?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        Dictionary<int, double> hits = [], nothing = [];
        foreach (int size in Sizes)
        {
            await using Lab lab = await Lab.OpenAsync(GeneratedCorpus.Of(size, standardLibrary: false));
            results.Say($"{lab.Corpus.Name}: filling the cache");
            await lab.Product.RunAsync();
            Series own = await MeasureAsync(lab, options, contender => contender.CleanAsync());
            lab.Product.MustBeAll(size, "from the local store");
            Series idle = await MeasureAsync(lab, options, _ => Task.CompletedTask);
            lab.Product.MustBeAll(size, "up to date");
            hits[size] = own.Wall / size;
            nothing[size] = idle.Wall / size;
            ResultTable table = results.Table(Name, lab.Corpus.Name, size);
            table.AddBeyond(own with { Contender = "DistBuild, all hits" }).AddBeyond(idle with { Contender = "DistBuild, nothing to do" }).Print();
        }

        results.Check(Name, "generated-light", "a unit's hit among 3,000, of one among 100", hits[Sizes[^1]] / hits[Sizes[0]], Flat);
        results.Check(Name, "generated-light", "a unit's being up to date among 3,000, of one among 100", nothing[Sizes[^1]] / nothing[Sizes[0]], Flat);
    }

    private static async Task<Series> MeasureAsync(Lab lab, BenchmarkOptions options, Func<IContender, Task> prepare)
    {
        IReadOnlyDictionary<IContender, Series> costs = await Rounds.MeasureAsync([lab.Empty, lab.Product], options.Rounds, prepare);
        return costs[lab.Product].Beyond(costs[lab.Empty]);
    }
}
