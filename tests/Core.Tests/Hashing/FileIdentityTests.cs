using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Tests.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Hashing;

[TestClass]
public sealed class FileIdentityTests
{
    [TestMethod]
    public async Task Size_times_and_inode_are_those_that_stat_prints()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("ä b.h", "int x;\n");
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);
        ProcessResult result = await ProcessRunner.RunAsync(
            new ProcessRequest("stat", ["-c", "%s %.9Y %.9Z %i", path], "/", new Dictionary<string, string>()), CancellationToken.None);
        string[] expected = Encoding.ASCII.GetString(result.Output).Trim().Split(' ');

        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity identity));

        Assert.AreEqual(expected[0], identity.Size.ToString(CultureInfo.InvariantCulture));
        Assert.AreEqual(expected[1].Replace(".", ""), identity.Modified.ToString(CultureInfo.InvariantCulture));
        Assert.AreEqual(expected[2].Replace(".", ""), identity.Changed.ToString(CultureInfo.InvariantCulture));
        Assert.AreEqual(expected[3], identity.Inode.ToString(CultureInfo.InvariantCulture));
        Assert.AreEqual(1_115_003_045_678_000_000, identity.Modified);
    }

    [TestMethod]
    public void The_portable_way_sees_the_same_size_and_time()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.h", "int x;\n");

        FileIdentity.TryRead(path, out FileIdentity identity);
        Assert.IsTrue(FileIdentity.TryReadPortably(path, out FileIdentity portable));

        Assert.AreEqual(identity.Size, portable.Size);
        Assert.AreEqual(identity.Modified / 100, portable.Modified / 100);
        Assert.AreEqual((0L, 0ul), (portable.Changed, portable.Inode));
    }

    [TestMethod]
    [DataRow("missing.h")]
    [DataRow("a.h/missing.h")]
    [DataRow("no\0path")]
    public void What_is_not_there_has_no_identity(string name)
    {
        using TemporaryFolder folder = new();
        folder.Write("a.h", "");

        Assert.IsFalse(FileIdentity.TryRead($"{folder.Path}/{name}", out _));
        Assert.IsFalse(FileIdentity.TryReadPortably($"{folder.Path}/{name}", out _));
    }

    [TestMethod]
    public void A_path_longer_than_the_usual_is_read_as_well()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(string.Join('/', Enumerable.Repeat(new string('d', 100), 10)) + "/a.h", "12345");

        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity identity));
        Assert.AreEqual(5, identity.Size);
    }

    [TestMethod]
    public void A_rewrite_that_keeps_size_and_time_shows_in_the_change_time()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.h", "int x;\n");
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);
        Clock.WaitUntilSettled(path);
        FileIdentity.TryRead(path, out FileIdentity before);

        File.WriteAllText(path, "int y;\n");
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);
        FileIdentity.TryRead(path, out FileIdentity after);

        Assert.AreEqual((before.Size, before.Modified), (after.Size, after.Modified));
        Assert.AreNotEqual(before, after);
    }

    [TestMethod]
    [DataRow(1_000_000_001L, 0L, 1_020_000_002L, true, DisplayName = "longer ago than a clock step")]
    [DataRow(1_000_000_001L, 0L, 1_020_000_001L, false, DisplayName = "exactly a clock step ago")]
    [DataRow(1L, 1_000_000_001L, 1_010_000_000L, false, DisplayName = "changed within a clock step, modified long ago")]
    [DataRow(1L, 2_000_000_000L, 3_000_000_000L, false, DisplayName = "a second ago where times are whole seconds")]
    [DataRow(1L, 2_000_000_000L, 4_000_000_001L, true, DisplayName = "two seconds ago where times are whole seconds")]
    [DataRow(5_000_000_001L, 0L, 4_000_000_000L, false, DisplayName = "in the future")]
    [DataRow(5_000_000_001L, 1_000_000_001L, 4_000_000_000L, true, DisplayName = "modified in the future, by somebody who changed it long ago")]
    public void A_file_is_settled_when_its_times_could_no_longer_hide_another_write(long modified, long changed, long moment, bool settled) =>
        Assert.AreEqual(settled, new FileIdentity("a.h", 1, modified, changed, 1).SettledBefore(moment));
}
