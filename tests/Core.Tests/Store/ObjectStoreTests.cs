using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class ObjectStoreTests
{
    private const long Limit = 100 << 20;

    [TestMethod]
    public void A_result_comes_back_in_another_opening_of_the_store()
    {
        using TemporaryFolder folder = new();

        Assert.IsTrue(ObjectStore.Open(folder["store"], Limit).TryAdd(Results.Key(1), Results.Of(1), "anna"));

        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        StoredEntry? entry = store.TryGetEntry(Results.Key(1));
        Assert.IsTrue(Results.AreEqual(Results.Of(1), entry!.Result));
        Assert.AreEqual("anna", entry.Producer);
        Assert.AreEqual(Results.Sha256(Results.Of(1).Object), entry.Content.ToString());
        Assert.IsNull(store.Problem);
        Assert.AreEqual(1, store.Statistics().Entries);
    }

    [TestMethod]
    public void A_key_that_was_never_added_is_a_miss()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);

        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.IsFalse(store.MayHave(Results.Key(1).Fingerprint));
        Assert.IsNull(store.Problem);
    }

    [TestMethod]
    public void A_fingerprint_is_enough_to_ask_and_its_folder_is_its_first_byte()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        string digits = Results.Key(1).Fingerprint.ToString("x16");

        Assert.IsTrue(store.MayHave(Results.Key(1).Fingerprint));
        Assert.IsFalse(store.MayHave(Results.Key(1).Fingerprint + 1));
        Assert.IsTrue(File.Exists(folder[$"store/v1/{digits[..2]}/{digits[2..]}"]));
    }

    [TestMethod]
    public void Another_key_under_the_same_name_is_a_miss_until_adding_replaces_it()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        string wanted = EntryPath(folder, 1);
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        File.WriteAllBytes(wanted, EntryFormat.Write(Results.Key(2), Results.Of(2), ""));

        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.IsTrue(File.Exists(wanted), "it is whole and may be someone's");
        Assert.IsTrue(store.TryAdd(Results.Key(1), Results.Of(1), ""));
        Assert.IsTrue(Results.AreEqual(Results.Of(1), store.TryGet(Results.Key(1))!));
    }

    [TestMethod]
    public void Adding_a_key_again_replaces_its_result()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "anna");

        Assert.IsTrue(store.TryAdd(Results.Key(1), Results.Of(2), "bert"));

        Assert.IsTrue(Results.AreEqual(Results.Of(2), store.TryGet(Results.Key(1))!));
        Assert.AreEqual(1, store.Statistics().Entries);
    }

    [TestMethod]
    public void An_empty_object_is_not_kept()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);

        Assert.IsFalse(store.TryAdd(Results.Key(1), new CompiledResult(default, "o"u8.ToArray(), "e"u8.ToArray()), ""));

        Assert.IsFalse(store.MayHave(Results.Key(1).Fingerprint));
    }

    [TestMethod]
    public void An_object_larger_than_the_whole_limit_does_not_push_everything_else_out()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], 10_000);
        store.TryAdd(Results.Key(1), Results.Of(1), "");

        Assert.IsFalse(store.TryAdd(Results.Key(2), Results.Of(2, 10_000), ""));
        store.Trim(CancellationToken.None);

        Assert.IsNotNull(store.TryGet(Results.Key(1)));
        Assert.IsNull(store.Problem);
    }

    [TestMethod]
    public void A_removed_entry_is_a_miss_and_its_neighbours_stay()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        store.TryAdd(Results.Key(2), Results.Of(2), "");

        store.Remove(Results.Key(1));
        store.Remove(Results.Key(3));

        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.IsNotNull(store.TryGet(Results.Key(2)));
    }

    [TestMethod]
    public void Clearing_removes_every_entry_and_the_store_goes_on()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        for (int i = 0; i < 10; i++)
        {
            store.TryAdd(Results.Key(i), Results.Of(i), "");
        }

        Assert.AreEqual(10, store.Clear(CancellationToken.None));

        Assert.AreEqual(new StoreStatistics(folder["store"], 0, 0, Limit), store.Statistics());
        Assert.IsTrue(store.TryAdd(Results.Key(1), Results.Of(1), ""));
        Assert.IsNotNull(store.TryGet(Results.Key(1)));
    }

    [TestMethod]
    public void A_store_whose_folder_was_deleted_under_it_starts_again()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        Directory.Delete(folder["store"], recursive: true);

        Assert.IsNull(store.TryGet(Results.Key(1)));
        store.Trim(CancellationToken.None);
        Assert.IsTrue(store.TryAdd(Results.Key(1), Results.Of(1), ""));
        Assert.IsNotNull(store.TryGet(Results.Key(1)));
        Assert.IsNull(store.Problem);
    }

    [TestMethod]
    public void Statistics_count_files_and_bytes()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1, 5000), "");
        store.TryAdd(Results.Key(2), Results.Of(2, 7000), "");

        StoreStatistics statistics = store.Statistics();

        Assert.AreEqual(2, statistics.Entries);
        Assert.AreEqual(new FileInfo(EntryPath(folder, 1)).Length + new FileInfo(EntryPath(folder, 2)).Length, statistics.Bytes);
    }

    [TestMethod]
    public void Backup_programs_are_told_to_leave_the_store_out()
    {
        using TemporaryFolder folder = new();
        ObjectStore.Open(folder["store"], Limit);

        Assert.StartsWith("Signature: 8a477f597d28d172789f06886806bc55", File.ReadAllText(folder["store/CACHEDIR.TAG"]));
    }

    internal static string EntryPath(TemporaryFolder folder, int number) => new StoreLayout(folder["store"]).EntryPath(Results.Key(number).Fingerprint);
}
