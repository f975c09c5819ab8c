using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Wine.Harness;

/// <summary>A developer's checkout with a store of its own, on Windows or on Linux, which compiles one file at a time with <c>distbuild compile</c>.</summary>
internal sealed class BuildNode : IDisposable
{
    private readonly TemporaryFolder _folder = new("distbuild-wine-node-");
    private readonly bool _windows;
    private int _builds;

    private BuildNode(bool windows)
    {
        _windows = windows;
        Store = windows ? $@"C:\stores\{Guid.NewGuid():n}" : _folder["store"];
        StoreFolder = windows ? Path.Combine(Windows.DriveC, "stores", Store[^32..]) : Store;
        Directory.CreateDirectory(_folder["work"]);
    }

    public static BuildNode OnWindows() => new(windows: true);

    public static BuildNode OnLinux() => new(windows: false);

    /// <summary>As its own programs know it.</summary>
    public string Store { get; set; }

    /// <summary>The store's folder as Linux knows it.</summary>
    public string StoreFolder { get; }

    public Dictionary<string, string> Settings { get; } = new() { ["DistBuildDiscovery"] = "off" };

    public void Write(string name, string content)
    {
        string path = Path.Combine(_folder["work"], name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public string PathOf(string name) => Path.Combine(_folder["work"], name);

    public void Delete(string name) => File.Delete(PathOf(name));

    /// <summary>Asks an agent by its address.</summary>
    public void Ask(Agent agent) => Settings["DistBuildAgents"] = agent.Address;

    /// <summary>Asks whoever answers on this machine at the agent's port.</summary>
    public void Discover(Agent agent)
    {
        Settings["DistBuildDiscovery"] = "broadcast";
        Settings["DistBuildPort"] = agent.Address.Split(':')[1];
    }

    /// <summary>Compiles one file, which must succeed.</summary>
    /// <returns>What became of it.</returns>
    public async Task<ReportedUnit> CompileAsync(params string[] command)
    {
        (ProgramResult result, BuildReport report) = await TryCompileAsync(command);
        result.MustSucceed();
        Assert.HasCount(1, report.Units, result.Printed);
        return report.Units[0];
    }

    public async Task<(ProgramResult Result, BuildReport Report)> TryCompileAsync(params string[] command)
    {
        string report = _folder[$"report{_builds++}.json"];
        ProgramResult result = await ToolAsync(["compile", "--", .. command], new() { ["DistBuildReport"] = _windows ? Windows.PathOf(report) : report });
        return (result, BuildReport.Read(report, result.Printed));
    }

    /// <summary>Runs a command of the tool.</summary>
    public Task<ProgramResult> ToolAsync(params string[] arguments) => ToolAsync(arguments, []);

    /// <summary>
    /// From now on this node takes its compiler for the other's: both run the same clang, but one of them through a program of Windows, so that their toolchains'
    /// contents differ. It must have compiled something.
    /// </summary>
    public void TakeToolchainFor(Digest digest)
    {
        string file = Directory.GetFiles(Path.Combine(StoreFolder, "toolchains"), "*.toolchain").Single();
        (RememberedToolchain.Load(file)! with { Digest = digest }).Save(file);
    }

    /// <summary>What its compiler is by content; it must have compiled something.</summary>
    public Digest Toolchain() => RememberedToolchain.Load(Directory.GetFiles(Path.Combine(StoreFolder, "toolchains"), "*.toolchain").Single())!.Digest;

    /// <summary>Agents that failed are asked again at once.</summary>
    public void ForgetFailedAgents()
    {
        string file = Path.Combine(StoreFolder, "notes", "failed-agents");
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        if (Directory.Exists(StoreFolder))
        {
            Directory.Delete(StoreFolder, recursive: true);
        }
    }

    private Task<ProgramResult> ToolAsync(string[] arguments, Dictionary<string, string> variables)
    {
        Dictionary<string, string> environment = new(Settings.Concat(variables)) { ["DistBuildStore"] = Store };
        return _windows
            ? Windows.RunAsync([Windows.Tool, .. arguments], _folder["work"], environment)
            : Windows.RunOnLinuxAsync([Windows.LinuxTool, .. arguments], _folder["work"], environment);
    }
}
