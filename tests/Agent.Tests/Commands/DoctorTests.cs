using System.Text.Json;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class DoctorTests : IDisposable
{
    private const string Project = "<Project />";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public DoctorTests()
    {
        Directory.CreateDirectory(_folder["tree"]);
        _environment["DistBuildStore"] = _folder["store"];
        _environment["DistBuildDiscovery"] = "off";
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task A_sound_machine_is_told_so_compiler_by_compiler()
    {
        Tool tool = await RunAsync();

        Assert.AreEqual(0, tool.ExitCode, tool.Output + tool.Errors);
        Assert.IsTrue(Array.Exists(tool.Lines, line => line.StartsWith("good    .NET: SDK 1", StringComparison.Ordinal)), tool.Output);
        Assert.IsTrue(Array.Exists(tool.Lines, line => line.StartsWith("good    compiler: g++ ", StringComparison.Ordinal)), tool.Output);
        Assert.Contains($"good    store: {_folder["store"]}: 0 objects, 0 B of 10 GiB", tool.Output);
        Assert.Contains("note    agents: none answers", tool.Output);
        Assert.Contains("good    projects: no .vcxproj", tool.Output);
    }

    [TestMethod]
    public async Task A_store_that_cannot_be_used_is_broken()
    {
        _folder.Write("store", "a file");

        Tool tool = await RunAsync();

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains($"BROKEN  store: ", tool.Output);
        Assert.Contains("DistBuildStore", tool.Output);
    }

    [TestMethod]
    [DataRow("missing.key", null)]
    [DataRow("bad.key", "not a key")]
    public async Task A_cluster_key_that_is_none_is_broken(string file, string? content)
    {
        if (content is not null)
        {
            _folder.Write("tree/" + file, content);
        }

        _environment["DistBuildClusterKeyFile"] = file;

        Tool tool = await RunAsync();

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("BROKEN  cluster key: ", tool.Output);
        Assert.Contains(file, tool.Output);
    }

    [TestMethod]
    public async Task A_global_json_that_asks_for_an_SDK_nobody_has_is_broken()
    {
        _folder.Write("tree/global.json", """{ "sdk": { "version": "99.0.100", "rollForward": "disable" } }""");

        Tool tool = await RunAsync();

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("BROKEN  .NET: ", tool.Output);
        Assert.Contains("global.json", tool.Output);
    }

    [TestMethod]
    public async Task Projects_that_were_never_initialised_are_told_how_to()
    {
        _folder.Write("tree/app/app.vcxproj", Project);

        Tool tool = await RunAsync();

        Assert.AreEqual(0, tool.ExitCode, tool.Output);
        Assert.Contains("note    projects: 1 of 1 C++ project without the package, app.vcxproj first\n          Run: distbuild init", tool.Output);
    }

    [TestMethod]
    public async Task Projects_that_init_prepared_are_good()
    {
        _folder.Write("tree/app/one.vcxproj", Project);
        _folder.Write("tree/app/two.vcxproj", Project);
        _folder.Write("vc/Microsoft.Cpp.Default.props", Project);
        _environment["DISTBUILD_VC"] = _folder["vc"];
        Assert.AreEqual(0, (await Tool.RunAsync(_folder["tree"], _environment, "init", "--vctargets", "always")).ExitCode);

        Tool tool = await RunAsync();

        Assert.AreEqual(0, tool.ExitCode, tool.Output);
        Assert.Contains("good    projects: 2 C++ projects, all with the package", tool.Output);
        Assert.DoesNotContain("VCTargetsPath", tool.Output);
        Assert.DoesNotContain("share one obj folder", tool.Output);
    }

    [TestMethod]
    public async Task Two_projects_that_share_an_obj_folder_are_broken()
    {
        _folder.Write("tree/app/one.vcxproj", Project);
        _folder.Write("tree/app/two.vcxproj", Project);
        _folder.Write("tree/Directory.Build.props", "<Project><ItemGroup><PackageReference Include=\"DistBuild\" Version=\"1.0.0\" /></ItemGroup></Project>");

        Tool tool = await RunAsync();

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains($"BROKEN  projects: 2 projects in {Path.Combine(_folder["tree"], "app")} share one obj folder", tool.Output);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task A_response_file_that_leads_nowhere_is_broken()
    {
        _folder.Write("tree/app.vcxproj", Project);
        _folder.Write("tree/Directory.Build.rsp", "-p:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n");

        Tool tool = await RunAsync();

        Assert.AreEqual(1, tool.ExitCode);
        string named = Path.Combine(_folder["tree"], ".distbuild", "vc");
        Assert.Contains($"BROKEN  VC targets: VCTargetsPath of app.vcxproj is {named}, where no VC targets are", tool.Output);
    }

    [TestMethod]
    public async Task An_agent_that_answers_is_named_and_the_JSON_says_the_same()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        _environment["DistBuildAgents"] = agent.EndPoint.ToString();

        Tool tool = await RunAsync("--json");

        using JsonDocument document = JsonDocument.Parse(tool.Output);
        JsonElement check = document.RootElement.EnumerateArray().Single(element => element.GetProperty("about").GetString() == "agents");
        Assert.AreEqual("good", check.GetProperty("verdict").GetString());
        Assert.Contains(agent.EndPoint.ToString(), check.GetProperty("found").GetString()!);
        Assert.AreEqual(JsonValueKind.Null, check.GetProperty("advice").ValueKind);
    }

    private Task<Tool> RunAsync(params string[] arguments) => Tool.RunAsync(_folder["tree"], _environment, ["doctor", .. arguments]);
}
