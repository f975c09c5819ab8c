using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class StoreTrimTests
{
    private const int ObjectLength = 10_000;

    [TestMethod]
    public void The_least_recently_used_go_until_nine_tenths_of_the_limit_are_left()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);

        store.Trim(CancellationToken.None);

        // 13.5 entries are nine tenths of 15, and entry 0 is the oldest.
        CollectionAssert.AreEqual(Enumerable.Range(7, 13).ToArray(), Present(folder, 20));
    }

    [TestMethod]
    public void A_hit_makes_an_entry_young_again()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);

        Assert.IsNotNull(store.TryGet(Results.Key(0)));
        store.Trim(CancellationToken.None);

        CollectionAssert.AreEqual((int[])[0, .. Enumerable.Range(8, 12)], Present(folder, 20));
    }

    [TestMethod]
    public void Hits_within_an_hour_write_nothing()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], 1 << 20);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        DateTime halfAnHourAgo = DateTime.UtcNow.AddMinutes(-30);
        File.SetLastWriteTimeUtc(ObjectStoreTests.EntryPath(folder, 1), halfAnHourAgo);

        Assert.IsNotNull(store.TryGet(Results.Key(1)));

        Assert.AreEqual(halfAnHourAgo, File.GetLastWriteTimeUtc(ObjectStoreTests.EntryPath(folder, 1)));
    }

    [TestMethod]
    public void A_store_below_its_limit_is_left_alone()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 20 * entry);

        store.Trim(CancellationToken.None);

        Assert.HasCount(20, Present(folder, 20));
    }

    [TestMethod]
    public void A_second_trim_believes_the_first_ones_count()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 5);
        ObjectStore store = ObjectStore.Open(folder["store"], 10 * entry);
        store.Trim(CancellationToken.None);
        Smuggle(folder, 100, 20);

        store.Trim(CancellationToken.None);

        Assert.HasCount(20, Present(folder, 120).Where(i => i >= 100), "nobody counted the files again");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("nonsense")]
    [DataRow("99999999999999999999999999 1")]
    [DataRow("1 1", DisplayName = "counted in 1970")]
    [DataRow("1 99999999999", DisplayName = "counted in the future")]
    public void An_estimate_that_cannot_be_believed_is_replaced_by_a_count(string estimate)
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);
        folder.Write("store/v1/size", estimate);

        store.Trim(CancellationToken.None);

        Assert.HasCount(13, Present(folder, 20));
        Assert.StartsWith($"{13 * entry} ", File.ReadAllText(folder["store/v1/size"]));
    }

    [TestMethod]
    public void What_several_openings_add_is_summed_up_until_the_limit_is_passed()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 10);
        for (int i = 10; i < 30; i++)
        {
            ObjectStore store = ObjectStore.Open(folder["store"], 20 * entry);
            Assert.IsTrue(store.TryAdd(Results.Key(i), Results.Of(i, ObjectLength), "p"));
            store.Trim(CancellationToken.None);
            Assert.IsLessThanOrEqualTo(20 * entry, store.Statistics().Bytes, $"after entry {i}");
        }

        Assert.Contains(29, Present(folder, 30));
        Assert.DoesNotContain(0, Present(folder, 30));
    }

    [TestMethod]
    public void Temporary_files_of_crashed_processes_go_after_a_day_and_those_of_living_ones_stay()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], 1 << 20);
        string stale = folder.Write("store/v1/tmp/1-stale", "x"), fresh = folder.Write("store/v1/tmp/2-fresh", "x");
        File.SetLastWriteTimeUtc(stale, DateTime.UtcNow.AddHours(-25));

        store.Trim(CancellationToken.None);

        Assert.IsFalse(File.Exists(stale));
        Assert.IsTrue(File.Exists(fresh));
    }

    [TestMethod]
    public void A_cancelled_trim_ends_quietly_and_the_next_one_does_the_work()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);

        store.Trim(new CancellationToken(canceled: true));
        Assert.HasCount(20, Present(folder, 20));
        store.Trim(CancellationToken.None);

        Assert.HasCount(13, Present(folder, 20));
    }

    [TestMethod]
    public void A_cancelled_trim_does_not_forget_what_was_added()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 10);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);
        store.Trim(CancellationToken.None);
        for (int i = 10; i < 20; i++)
        {
            store.TryAdd(Results.Key(i), Results.Of(i, ObjectLength), "p");
        }

        store.Trim(new CancellationToken(canceled: true));
        store.Trim(CancellationToken.None);

        Assert.HasCount(13, Present(folder, 20));
    }

    [TestMethod]
    public void While_another_process_trims_a_trim_leaves_it_to_that_one()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 20);
        ObjectStore store = ObjectStore.Open(folder["store"], 15 * entry);
        using (new FileStream(folder["store/v1/size"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            store.Trim(CancellationToken.None);
        }

        Assert.HasCount(20, Present(folder, 20));
    }

    [TestMethod]
    public void After_clearing_the_next_trim_counts_anew()
    {
        using TemporaryFolder folder = new();
        long entry = FillByAge(folder, 10);
        ObjectStore store = ObjectStore.Open(folder["store"], 20 * entry);
        store.Trim(CancellationToken.None);

        store.Clear(CancellationToken.None);
        store.Trim(CancellationToken.None);

        Assert.StartsWith("0 ", File.ReadAllText(folder["store/v1/size"]));
    }

    /// <summary>Adds entries 0, 1, …, each a day younger than the one before and the youngest a day old; returns the size of one.</summary>
    private static long FillByAge(TemporaryFolder folder, int count)
    {
        ObjectStore store = ObjectStore.Open(folder["store"], long.MaxValue);
        for (int i = 0; i < count; i++)
        {
            Assert.IsTrue(store.TryAdd(Results.Key(i), Results.Of(i, ObjectLength), "p"));
            File.SetLastWriteTimeUtc(ObjectStoreTests.EntryPath(folder, i), DateTime.UtcNow.AddDays(i - count));
        }

        return new FileInfo(ObjectStoreTests.EntryPath(folder, 0)).Length;
    }

    /// <summary>Puts files into the store behind its back.</summary>
    private static void Smuggle(TemporaryFolder folder, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            string path = ObjectStoreTests.EntryPath(folder, i);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, EntryFormat.Write(Results.Key(i), Results.Of(i, ObjectLength), "p"));
        }
    }

    private static int[] Present(TemporaryFolder folder, int count) =>
        [.. Enumerable.Range(0, count).Where(i => File.Exists(ObjectStoreTests.EntryPath(folder, i)))];
}
