using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Benchmarks.Contenders;

/// <summary><c>dotnet msbuild</c> of the corpus' project up to and with its compile step.</summary>
internal sealed class ProductBuild(string name, Developer developer, params string[] arguments) : IContender
{
    public string Name => name;

    /// <summary>What the last build printed.</summary>
    public string Printed { get; private set; } = "";

    public async Task CleanAsync() => await TimedProgram.RunAsync("dotnet", ["msbuild", Corpus.Project, "-t:Clean", "-nologo", "-v:quiet", "-tl:off"], developer.Folder, developer.Environment);

    public Task ForgetAsync()
    {
        if (Directory.Exists(developer.Store))
        {
            Directory.Delete(developer.Store, recursive: true);
        }

        return Task.CompletedTask;
    }

    public async Task<Cost> RunAsync() => await RunAsync([], "dotnet");

    /// <param name="launcher">What starts dotnet, and the words before its own.</param>
    public async Task<Cost> RunAsync(string[] before, string launcher)
    {
        string[] build = ["msbuild", Corpus.Project, "-t:ClCompile", "-nologo", "-tl:off", "-nodeReuse:false", .. arguments];
        (Cost cost, Printed) = await TimedProgram.RunAsync(launcher, [.. before, .. build], developer.Folder, developer.Environment);
        return cost;
    }

    /// <summary>Fails unless the last build's summary says that every unit came about in this way.</summary>
    public void MustBeAll(int units, string how) => Assert.Contains($"DistBuild: {units} units: {units} {how} (", Printed);
}
