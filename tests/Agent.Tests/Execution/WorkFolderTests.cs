using System.Runtime.Versioning;
using DistBuild.Agent.Execution;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Execution;

[TestClass]
public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    public void Closing_removes_everything_but_the_root()
    {
        using (WorkFolder work = WorkFolder.Open(_root.Path))
        {
            PrivateFolder folder = work.CreatePrivateFolder();
            File.WriteAllText(folder.File("unit.i"), "int x;");
        }

        Assert.IsEmpty(Directory.GetFileSystemEntries(_root.Path));
    }

    [TestMethod]
    public void What_a_killed_agent_left_behind_goes_and_what_a_living_one_uses_stays()
    {
        Directory.CreateDirectory(_root.File("agent-dead", "job"));
        File.WriteAllText(_root.File("agent-dead.lock"), "");
        using WorkFolder living = WorkFolder.Open(_root.Path);
        using PrivateFolder job = living.CreatePrivateFolder();

        using WorkFolder next = WorkFolder.Open(_root.Path);

        Assert.IsFalse(Directory.Exists(_root.File("agent-dead")));
        Assert.IsFalse(File.Exists(_root.File("agent-dead.lock")));
        Assert.IsTrue(Directory.Exists(job.FullPath));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_others_can_read_is_closed_to_them()
    {
        string root = Directory.CreateDirectory(_root.File("open"), (UnixFileMode)0b111_111_111).FullName;

        using WorkFolder work = WorkFolder.Open(root);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
    }
}
