using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

/// <summary>Entries whose memory is the next one's.</summary>
[TestClass]
public sealed class UsedEntryTests
{
    private const long Limit = 100 << 20;

    [TestMethod]
    public void Entries_used_at_once_are_each_whole_while_they_are_used()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        foreach (int number in Enumerable.Range(1, 20))
        {
            store.TryAdd(Results.Key(number), Results.Of(number), "anna");
        }

        Parallel.For(0, 400, round =>
        {
            int number = 1 + (round % 20);
            Assert.IsTrue(store.Use(Results.Key(number), entry => Results.AreEqual(Results.Of(number), entry.Result) && entry.Producer == "anna"));
        });
    }

    [TestMethod]
    public void Nothing_is_used_of_an_entry_that_is_missing_or_damaged()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "anna");
        string file = Directory.EnumerateFiles(folder["store/v1"], "*", SearchOption.AllDirectories).Single();
        byte[] whole = File.ReadAllBytes(file);
        whole[^9] ^= 1;
        File.WriteAllBytes(file, whole);

        Assert.IsFalse(store.Use(Results.Key(1), _ => true), "damaged");
        Assert.IsFalse(File.Exists(file), "what is damaged goes");
        Assert.IsFalse(store.Use(Results.Key(2), _ => true), "missing");
    }

    [TestMethod]
    public void What_the_user_of_an_entry_says_is_the_answer()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "anna");

        Assert.IsFalse(store.Use(Results.Key(1), _ => false));
        Assert.IsTrue(store.Use(Results.Key(1), _ => true));
    }
}
