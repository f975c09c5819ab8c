using System.Runtime.Versioning;
using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class AtomicFileTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow((4 << 20) + 1)]
    public void A_file_is_written_and_written_over(int length)
    {
        using TemporaryFolder folder = new();
        byte[] content = new byte[length];
        new Random(1).NextBytes(content);

        AtomicFile.Write(folder["a.o"], "old"u8.ToArray(), CancellationToken.None);
        AtomicFile.Write(folder["a.o"], content, CancellationToken.None);

        CollectionAssert.AreEqual(content, File.ReadAllBytes(folder["a.o"]));
        Assert.HasCount(1, folder.Files());
    }

    [TestMethod]
    public void A_cancelled_write_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.o", "old");

        Assert.ThrowsExactly<OperationCanceledException>(() => AtomicFile.Write(folder["a.o"], new byte[100], new CancellationToken(canceled: true)));

        Assert.AreEqual("old", File.ReadAllText(folder["a.o"]));
        Assert.HasCount(1, folder.Files());
    }

    [TestMethod]
    public void A_write_that_fails_at_the_last_step_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.o/in the way", "");

        Assert.Throws<Exception>(() => AtomicFile.Write(folder["a.o"], new byte[100], CancellationToken.None));

        Assert.HasCount(1, folder.Files());
    }

    [TestMethod]
    public void A_missing_folder_is_an_error_that_names_the_path()
    {
        using TemporaryFolder folder = new();

        DirectoryNotFoundException e = Assert.ThrowsExactly<DirectoryNotFoundException>(
            () => AtomicFile.Write(folder["no/a.o"], new byte[1], CancellationToken.None));

        Assert.Contains(folder["no"], e.Message);
    }

    [TestMethod]
    [DataRow("022", "644")]
    [DataRow("077", "600")]
    [DataRow("002", "664")]
    [UnsupportedOSPlatform("windows")]
    public async Task The_permissions_are_those_of_any_new_file(string umask, string mode)
    {
        using TemporaryFolder folder = new();
        folder.Write("a.o", "old");
        File.SetUnixFileMode(folder["a.o"], UnixFileMode.UserRead);

        await Worker.RunAsync($"umask {umask}; exec \"$@\"", "atomic", folder["a.o"]);

        Assert.AreEqual(mode, Convert.ToString((int)File.GetUnixFileMode(folder["a.o"]), 8));
    }

    [TestMethod]
    public void A_reader_sees_a_whole_file_at_any_time()
    {
        using TemporaryFolder folder = new();
        byte[][] contents = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)i, 300_000).ToArray())];
        AtomicFile.Write(folder["a.o"], contents[0], CancellationToken.None);
        int writing = 4;

        Parallel.Invoke(
            [.. contents.Select<byte[], Action>(content => () =>
            {
                for (int i = 0; i < 50; i++)
                {
                    AtomicFile.Write(folder["a.o"], content, CancellationToken.None);
                }

                Interlocked.Decrement(ref writing);
            }),
            () =>
            {
                while (Volatile.Read(ref writing) > 0)
                {
                    byte[] seen = File.ReadAllBytes(folder["a.o"]);
                    CollectionAssert.AreEqual(contents[seen[0]], seen);
                }
            }]);

        Assert.HasCount(1, folder.Files());
    }

    [TestMethod]
    public void A_symbolic_link_is_replaced_and_its_target_stays()
    {
        using TemporaryFolder folder = new();
        folder.Write("target", "old");
        File.CreateSymbolicLink(folder["a.o"], folder["target"]);

        AtomicFile.Write(folder["a.o"], "new"u8.ToArray(), CancellationToken.None);

        Assert.AreEqual("old", File.ReadAllText(folder["target"]));
        Assert.AreEqual("new", File.ReadAllText(folder["a.o"]));
        Assert.IsNull(new FileInfo(folder["a.o"]).LinkTarget);
    }

    [TestMethod]
    public async Task A_file_that_another_program_wrote_beside_the_destination_is_moved_over_it()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.o", "old");
        string temporary = AtomicFile.TemporaryPath(folder["a.o"]);
        await ProcessRunner.RunAsync(
            new ProcessRequest("/bin/sh", ["-c", $"printf new > '{temporary}'"], folder.Path, new Dictionary<string, string>()), CancellationToken.None);

        AtomicFile.Replace(temporary, folder["a.o"]);

        Assert.AreEqual("new", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(folder["a.o"])));
        Assert.HasCount(1, folder.Files());
    }
}
