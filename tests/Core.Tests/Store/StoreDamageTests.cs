using System.Buffers.Binary;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class StoreDamageTests
{
    private const long Limit = 100 << 20;

    [TestMethod]
    [DataRow("a flipped bit in the object")]
    [DataRow("cut in half")]
    [DataRow("empty")]
    [DataRow("zeros, as a power cut leaves them")]
    [DataRow("another program's file")]
    [DataRow("a later format version")]
    public void A_damaged_entry_is_a_miss_and_is_removed(string damage)
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        string path = ObjectStoreTests.EntryPath(folder, 1);
        File.WriteAllBytes(path, Damage(File.ReadAllBytes(path), damage));

        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.IsFalse(File.Exists(path));
        Assert.IsNull(store.Problem, "damage is nothing a build need hear of");
        Assert.IsTrue(store.TryAdd(Results.Key(1), Results.Of(1), ""));
        Assert.IsTrue(Results.AreEqual(Results.Of(1), store.TryGet(Results.Key(1))!));
    }

    [TestMethod]
    public void An_entry_of_a_later_kind_is_a_miss_and_stays()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        string path = ObjectStoreTests.EntryPath(folder, 1);
        byte[] entry = File.ReadAllBytes(path);
        entry[EntryFormat.HeaderLength] = 99;
        File.WriteAllBytes(path, Sealed(entry));

        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.AreEqual(new StoreVerification(1, entry.Length, 0), store.Verify(CancellationToken.None));
        Assert.IsTrue(File.Exists(path));
    }

    [TestMethod]
    public void Verifying_removes_exactly_the_damaged_entries()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        for (int i = 0; i < 20; i++)
        {
            store.TryAdd(Results.Key(i), Results.Of(i), "");
        }

        foreach (int i in new[] { 3, 7, 11 })
        {
            string path = ObjectStoreTests.EntryPath(folder, i);
            File.WriteAllBytes(path, Damage(File.ReadAllBytes(path), "a flipped bit in the object"));
        }

        StoreVerification first = store.Verify(CancellationToken.None), second = store.Verify(CancellationToken.None);

        Assert.AreEqual((17L, 3L), (first.Entries, first.Removed));
        Assert.AreEqual((17L, 0L), (second.Entries, second.Removed));
        for (int i = 0; i < 20; i++)
        {
            Assert.AreEqual(i is not (3 or 7 or 11), store.TryGet(Results.Key(i)) is not null, $"entry {i}");
        }
    }

    [TestMethod]
    public void Verifying_finds_an_object_that_is_not_what_its_digest_says_and_an_entry_under_a_wrong_name()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        store.TryAdd(Results.Key(2), Results.Of(2), "");
        string swapped = ObjectStoreTests.EntryPath(folder, 1), moved = ObjectStoreTests.EntryPath(folder, 3);
        File.WriteAllBytes(swapped, Sealed(Damage(File.ReadAllBytes(swapped), "a flipped bit in the object")));
        Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
        File.Move(ObjectStoreTests.EntryPath(folder, 2), moved);

        Assert.AreEqual(new StoreVerification(0, 0, 2), store.Verify(CancellationToken.None));
    }

    [TestMethod]
    public void Verifying_stops_when_cancelled()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], Limit);
        store.TryAdd(Results.Key(1), Results.Of(1), "");

        Assert.ThrowsExactly<OperationCanceledException>(() => store.Verify(new CancellationToken(canceled: true)));
    }

    private static byte[] Damage(byte[] entry, string damage)
    {
        switch (damage)
        {
            case "a flipped bit in the object":
                entry[EntryFormat.HeaderLength + 100] ^= 1;
                return entry;
            case "cut in half":
                return entry[..(entry.Length / 2)];
            case "empty":
                return [];
            case "zeros, as a power cut leaves them":
                return new byte[entry.Length];
            case "another program's file":
                return [.. Enumerable.Repeat((byte)'x', entry.Length)];
            case "a later format version":
                entry[8]++;
                return Sealed(entry);
            default:
                throw new ArgumentException(damage, nameof(damage));
        }
    }

    private static byte[] Sealed(byte[] entry)
    {
        int end = entry.Length - EntryFormat.ChecksumLength;
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(end), XxHash64.Hash(entry.AsSpan(0, end)));
        return entry;
    }
}
