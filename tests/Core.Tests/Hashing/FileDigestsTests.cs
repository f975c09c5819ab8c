using DistBuild.Core.Hashing;
using DistBuild.Core.Tests.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Hashing;

[TestClass]
public sealed class FileDigestsTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(131_071)]
    [DataRow(131_072)]
    [DataRow(131_073)]
    [DataRow(1_000_000)]
    public void The_digest_is_that_of_the_content(int length)
    {
        using TemporaryFolder folder = new();
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        File.WriteAllBytes(folder["a.h"], content);

        Assert.AreEqual(Results.Sha256(content), new FileDigests().TryGet(folder["a.h"]).ToString());
    }

    [TestMethod]
    public void A_file_is_read_once_however_many_ask()
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. Enumerable.Range(0, 10).Select(i => folder.Write($"{i}.h", $"int x{i};"))];
        Clock.WaitUntilSettled(paths[9]);
        FileDigests digests = new();

        Parallel.For(0, 1000, i => Assert.AreEqual(Digest.Of(File.ReadAllBytes(paths[i % 10])), digests.TryGet(paths[i % 10])));

        Assert.AreEqual(10, digests.Readings);
    }

    [TestMethod]
    public void Another_content_under_the_same_size_and_modification_time_is_seen()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.h", "int x;");
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);
        Clock.WaitUntilSettled(path);
        FileDigests digests = new();
        Assert.AreEqual(Digest.Of("int x;"u8), digests.TryGet(path));

        File.WriteAllText(path, "int y;");
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);

        Assert.AreEqual(Digest.Of("int y;"u8), digests.TryGet(path));
    }

    [TestMethod]
    public void Writes_that_follow_each_other_faster_than_file_times_step_are_all_seen()
    {
        using TemporaryFolder folder = new();
        FileDigests digests = new();
        for (int i = 0; i < 200; i++)
        {
            string path = folder.Write("a.h", $"int x{i:d3};");

            Assert.AreEqual(Digest.Of(File.ReadAllBytes(path)), digests.TryGet(path), $"write {i}");
        }
    }

    [TestMethod]
    public void A_file_whose_time_could_hide_the_next_write_is_read_again()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.h", "int x;");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(1));
        FileDigests digests = new();

        Assert.AreEqual(digests.TryGet(path), digests.TryGet(path));

        Assert.AreEqual(2, digests.Readings);
    }

    [TestMethod]
    public void A_missing_file_has_no_digest_until_it_appears()
    {
        using TemporaryFolder folder = new();
        FileDigests digests = new();
        Assert.IsNull(digests.TryGet(folder["a.h"]));

        folder.Write("a.h", "x");
        Assert.AreEqual(Digest.Of("x"u8), digests.TryGet(folder["a.h"]));

        File.Delete(folder["a.h"]);
        Assert.IsNull(digests.TryGet(folder["a.h"]));
    }

    [TestMethod]
    public void A_folder_has_no_digest()
    {
        using TemporaryFolder folder = new();

        Assert.IsNull(new FileDigests().TryGet(folder.Path));
    }
}
