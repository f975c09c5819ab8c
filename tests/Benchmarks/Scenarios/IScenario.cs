using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>One question with its answer in numbers.</summary>
internal interface IScenario
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    string Question { get; }

    Task RunAsync(BenchmarkOptions options, ResultLog results);
}
