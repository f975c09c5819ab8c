using System.Globalization;
using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Results;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>The build node's memory with a thousand units in one project.</summary>
internal sealed class PeakMemory : IScenario
{
    private const int Units = 1000;

    private const double MebibytesOfTarget = 400;

    public string Name => "memory";

    public string Question => "How much memory does the build node take at most?";

    public async Task RunAsync(BenchmarkOptions options, ResultLog results)
    {
        await using Lab lab = await Lab.OpenAsync(GeneratedCorpus.Of(Units, standardLibrary: true) with { Optimization = "Disabled" });
        results.Say($"{lab.Corpus.Name}: peak resident memory of dotnet msbuild, MiB");
        await CheckAsync("empty build", lab.Empty, null);
        await CheckAsync("cold fill", lab.Product, "compiled here");
        await CheckAsync("nothing to do", lab.Product, "up to date");
        await lab.Product.CleanAsync();
        await CheckAsync("all hits", lab.Product, "from the local store");

        async Task CheckAsync(string what, ProductBuild build, string? how)
        {
            string file = lab.Developer.PathOf("peak");
            // Of all processes of the build, the largest: dotnet itself, for no compiler here comes near it.
            await build.RunAsync(["-f", "%M", "-o", file, "dotnet"], "/usr/bin/time");
            if (how is not null)
            {
                build.MustBeAll(Units, how);
            }

            double mebibytes = double.Parse(File.ReadLines(file).Last(), CultureInfo.InvariantCulture) / 1024;
            results.Check(Name, lab.Corpus.Name, $"MiB at most, {what}", mebibytes, MebibytesOfTarget);
        }
    }
}
