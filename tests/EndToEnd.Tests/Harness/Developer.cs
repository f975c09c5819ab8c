using DistBuild.Tests.Shared;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>
/// One developer's machine: a working folder, a local store and an environment of their own, walled off from the checkout of this repository and
/// from the network. It finds only the agents it is told of.
/// </summary>
internal sealed class Developer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _machine = new("distbuild-dev-");

    public Developer()
    {
        Directory.CreateDirectory(Folder);
        Environment = Product.CleanEnvironment();
        Environment["DistBuildStore"] = Store;
        Environment["DistBuildDiscovery"] = "off";
        File.WriteAllText(_machine["nuget.config"], Product.NuGetConfig());
        File.WriteAllText(_machine["Directory.Build.props"], "<Project />");
        File.WriteAllText(_machine["Directory.Build.targets"], "<Project />");
        File.WriteAllText(_machine["Directory.Packages.props"], "<Project />");
    }

    /// <summary>Where the sources are.</summary>
    public string Folder => _machine["src"];

    public string Store => _machine["store"];

    /// <summary>What every program this developer starts sees.</summary>
    public Dictionary<string, string> Environment { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));

    /// <summary>Full paths of all object files in the working folder.</summary>
    public string[] Objects() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".o" or ".obj").Order(StringComparer.Ordinal)];

    /// <summary>Makes the working folder build with the portable targets, and nothing else: no package.</summary>
    public void UsePortableTargets() =>
        Write("Directory.Build.rsp", $"-p:VCTargetsPath={Product.PortableTargets}/\n-rp:VCTargetsPath={Product.PortableTargets}/\n");

    /// <summary><c>distbuild init</c> in the working folder.</summary>
    public async Task InitializeAsync() => (await RunAsync(Product.Tool, "init", Folder)).MustSucceed();

    /// <summary>Lets every build ask these agents.</summary>
    public void Use(params Agent[] agents)
    {
        Environment["DistBuildAgents"] = string.Join(';', agents.Select(agent => agent.Address));
        if (agents.Select(agent => agent.ClusterKeyFile).FirstOrDefault(file => file is not null) is { } key)
        {
            Environment["DistBuildClusterKeyFile"] = key;
        }
    }

    /// <summary><c>dotnet msbuild -restore</c> with a report.</summary>
    public async Task<BuildResult> BuildAsync(string project, params string[] arguments)
    {
        await using StartedBuild build = StartBuild(project, arguments);
        return await build.ResultAsync(Patience);
    }

    /// <summary>The same, not waited for.</summary>
    public StartedBuild StartBuild(string project, params string[] arguments)
    {
        string report = _machine[$"report-{Guid.NewGuid():N}.json"];
        return new StartedBuild(
            RunningProgram.Start("dotnet", ["msbuild", project, "-restore", "-nologo", "-tl:off", "-nodeReuse:false", $"-p:DistBuildReport={report}", .. arguments], Folder, Environment),
            report);
    }

    public async Task<ProgramResult> RunAsync(string program, params string[] arguments)
    {
        await using RunningProgram running = RunningProgram.Start(program, arguments, Folder, Environment);
        return await running.ExitAsync(Patience);
    }

    public void Dispose() => _machine.Dispose();
}

/// <summary>A build that was started.</summary>
internal sealed class StartedBuild(RunningProgram program, string report) : IAsyncDisposable
{
    public RunningProgram Program => program;

    public async Task<BuildResult> ResultAsync(TimeSpan limit)
    {
        ProgramResult result = await program.ExitAsync(limit);
        return new BuildResult(result.ExitCode, result.Printed, BuildReport.Read(report, result.Printed));
    }

    public ValueTask DisposeAsync() => program.DisposeAsync();
}

/// <param name="Printed">What MSBuild printed.</param>
internal sealed record BuildResult(int ExitCode, string Printed, BuildReport Report)
{
    public BuildResult MustSucceed()
    {
        Assert.AreEqual(0, ExitCode, Printed);
        return this;
    }

    public BuildResult MustFail()
    {
        Assert.AreNotEqual(0, ExitCode, Printed);
        return this;
    }
}
