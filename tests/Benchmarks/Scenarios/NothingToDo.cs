using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>Everything is up to date.</summary>
internal sealed class NothingToDo : IScenario
{
    private const double UnitsOfTarget = 300, MillisecondsOfTarget = 10;

    public string Name => "nothing";

    public string Question => "What does a build cost that has nothing to do, beyond the build tool's own time?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        foreach (Corpus corpus in await options.CorporaAsync())
        {
            await using Lab lab = await Lab.OpenAsync(corpus);
            results.Say($"{corpus.Name}: building once");
            await lab.Product.RunAsync();
            await lab.Compiler.RunAsync();
            IReadOnlyDictionary<IContender, Series> costs = await Rounds.MeasureAsync(
                [lab.Empty, lab.Product, lab.Compiler], 2 * options.Rounds, _ => Task.CompletedTask);
            lab.Product.MustBeAll(lab.Units, "up to date");

            Series own = costs[lab.Product].Beyond(costs[lab.Empty]);
            ResultTable table = results.Table(Name, corpus.Name, lab.Units);
            table.Add(costs[lab.Empty]).Add(costs[lab.Product]).AddBeyond(own).Add(costs[lab.Compiler] with { Contender = "ninja" }).Print();
            results.Check(Name, corpus.Name, "milliseconds beyond the empty build per 300 units", own.Wall * UnitsOfTarget / lab.Units, MillisecondsOfTarget);
        }
    }
}
