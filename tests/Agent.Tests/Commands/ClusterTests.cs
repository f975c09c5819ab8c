using System.Runtime.Versioning;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_new_key_is_one_and_only_its_owner_can_read_it()
    {
        Tool tool = await NewKeyAsync();

        Assert.AreEqual(0, tool.ExitCode, tool.Errors);
        Assert.Contains(_folder["cluster.key"], tool.Output);
        Assert.IsNull(ClusterKey.Load(_folder["cluster.key"]).Warning);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["cluster.key"]));
    }

    [TestMethod]
    public async Task A_key_that_is_there_is_never_replaced()
    {
        await NewKeyAsync();
        string first = await File.ReadAllTextAsync(_folder["cluster.key"]);

        Tool again = await NewKeyAsync();

        Assert.AreEqual(1, again.ExitCode);
        Assert.Contains("exists already", again.Errors);
        Assert.AreEqual(first, await File.ReadAllTextAsync(_folder["cluster.key"]));
    }

    [TestMethod]
    public async Task A_folder_that_is_not_there_is_named()
    {
        Tool tool = await Tool.RunAsync(_folder.Path, new Dictionary<string, string>(), "cluster", "new-key", "missing/cluster.key");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains(_folder["missing"], tool.Errors);
    }

    [TestMethod]
    public async Task The_read_only_key_is_made_of_the_clusters_key()
    {
        await NewKeyAsync();

        Tool made = await NewKeyAsync("--read-only", "reader.key", "--cluster-key-file", "cluster.key");
        Tool without = await NewKeyAsync("--read-only", "other.key"), again = await NewKeyAsync("--read-only", "other.key", "--cluster-key-file", "reader.key");

        Assert.AreEqual(0, made.ExitCode, made.Errors);
        Assert.AreEqual(ClientRole.ReadOnly, ClusterKey.Load(_folder["reader.key"]).Role);
        Assert.AreEqual(2, without.ExitCode);
        Assert.Contains("--cluster-key-file", without.Errors);
        Assert.AreEqual(1, again.ExitCode);
        Assert.Contains("read-only client", again.Errors);
    }

    [TestMethod]
    public async Task An_agent_does_not_serve_with_a_read_only_key()
    {
        await NewKeyAsync();
        await NewKeyAsync("--read-only", "reader.key", "--cluster-key-file", "cluster.key");

        Tool tool = await Tool.RunAsync(_folder.Path, new Dictionary<string, string>(), "agent", "run", "--port", "0", "--cluster-key-file", "reader.key");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("is a read-only key", tool.Errors);
    }

    private Task<Tool> NewKeyAsync() => NewKeyAsync("cluster.key");

    private Task<Tool> NewKeyAsync(params string[] arguments) => Tool.RunAsync(_folder.Path, new Dictionary<string, string>(), ["cluster", "new-key", .. arguments]);
}
