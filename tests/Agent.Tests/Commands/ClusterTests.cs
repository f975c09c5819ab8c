using System.Runtime.Versioning;
using DistBuild.Core.Discovery;
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

    private Task<Tool> NewKeyAsync() => Tool.RunAsync(_folder.Path, new Dictionary<string, string>(), "cluster", "new-key", "cluster.key");
}
