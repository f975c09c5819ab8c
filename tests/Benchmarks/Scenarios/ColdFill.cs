using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>Nothing is in the cache.</summary>
internal sealed class ColdFill : IScenario
{
    private const int MostRounds = 3;

    public string Name => "cold";

    public string Question => "What does filling an empty cache cost, beside the plain compiler?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        foreach (Corpus corpus in await options.CorporaAsync())
        {
            await using Lab lab = await Lab.OpenAsync(corpus);
            results.Say($"{corpus.Name}: {lab.Units} units, compiled by each in turn");
            IContender[] contenders = [lab.Empty, lab.Compiler, lab.Product, lab.CcacheTuned];
            IReadOnlyDictionary<IContender, Series> costs = await Rounds.MeasureAsync(contenders, Math.Min(options.Rounds, MostRounds), async contender =>
            {
                await contender.CleanAsync();
                await (contender == lab.Empty ? Task.CompletedTask : contender.ForgetAsync());
            });
            lab.Product.MustBeAll(lab.Units, "compiled here");
            Commands.MustBeTheSame(corpus, lab.Developer, lab.Compiler);

            Series own = costs[lab.Product].Beyond(costs[lab.Empty]);
            ResultTable table = results.Table(Name, corpus.Name, lab.Units);
            table.Add(costs[lab.Empty]).Add(costs[lab.Compiler]).Add(costs[lab.Product]).AddBeyond(own).Add(costs[lab.CcacheTuned]).Print();
            results.Check(Name, corpus.Name, "processor time beyond the empty build, of the plain compiler", own.RatioTo(costs[lab.Compiler], cost => cost.Processor), 1.05);
        }
    }
}
