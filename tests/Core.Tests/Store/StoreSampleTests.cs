using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class StoreSampleTests
{
    [TestMethod]
    public void A_small_store_is_its_own_sample()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder.Path, 1 << 30);
        Digest[] keys = [.. Enumerable.Range(0, 20).Select(i => Results.Key(i))];
        foreach (Digest key in keys)
        {
            Assert.IsTrue(store.TryAdd(key, Results.Of(1), "test"));
        }

        StoreSample sample = new();
        Assert.AreEqual(20, store.Statistics(sample).Entries);

        Assert.AreEqual(0, sample.Bits);
        CollectionAssert.AreEquivalent(keys.Select(key => key.Fingerprint).ToArray(), sample.Fingerprints.ToArray());
    }

    [TestMethod]
    public void A_large_one_gives_as_much_as_a_message_holds_in_any_order()
    {
        ulong[] fingerprints = [.. Enumerable.Range(0, 50_000).Select(i => XxHash64.Hash(BitConverter.GetBytes(i)))];
        StoreSample one = Sample(fingerprints), other = Sample(fingerprints.Reverse());

        Assert.IsInRange(StoreSample.Most / 3, StoreSample.Most, one.Fingerprints.Count);
        Assert.AreEqual(one.Bits, other.Bits);
        CollectionAssert.AreEquivalent(one.Fingerprints.ToArray(), other.Fingerprints.ToArray());
        Assert.IsTrue(one.Fingerprints.All(fingerprint => StoreSample.IsIn(fingerprint, one.Bits)));
        Assert.AreEqual(fingerprints.Count(fingerprint => StoreSample.IsIn(fingerprint, one.Bits)), one.Fingerprints.Count);
    }

    [TestMethod]
    [Timeout(30_000)]
    public void Fingerprints_that_no_hash_would_give_do_not_make_it_run_for_ever()
    {
        StoreSample sample = Sample(Enumerable.Repeat(0UL, 3 * StoreSample.Most));

        Assert.AreEqual(StoreSample.MostBits, sample.Bits);
    }

    private static StoreSample Sample(IEnumerable<ulong> fingerprints)
    {
        StoreSample sample = new();
        foreach (ulong fingerprint in fingerprints)
        {
            sample.Add(fingerprint);
        }

        return sample;
    }
}
