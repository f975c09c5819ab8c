using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Manifests;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Manifests;

[TestClass]
public sealed class ManifestFormatTests
{
    [TestMethod]
    public void What_is_written_is_read()
    {
        byte[] bytes = ManifestFormat.Write(Sample());

        Manifest read = ManifestFormat.TryRead(bytes)!;

        CollectionAssert.AreEqual(bytes, ManifestFormat.Write(read));
        Assert.HasCount(2, read.Entries);
        Assert.AreEqual("include/a.h", read.Entries[1].Inputs[1].Path);
        CollectionAssert.AreEqual(new[] { "a.h", "vector" }, read.Entries[0].Absences.Single().Names.ToArray());
    }

    [TestMethod]
    public void Every_truncation_is_a_miss()
    {
        byte[] bytes = ManifestFormat.Write(Sample());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.IsNull(ManifestFormat.TryRead(bytes.AsMemory(0, length)), $"{length} of {bytes.Length} bytes");
        }
    }

    [TestMethod]
    public void Mutated_bytes_are_a_miss_or_a_manifest_that_writes_back_the_same_bytes()
    {
        byte[] bytes = ManifestFormat.Write(Sample());
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] mutated = [.. bytes];
            mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
            if (ManifestFormat.TryRead(mutated) is { } accepted)
            {
                Assert.IsNotNull(ManifestFormat.TryRead(ManifestFormat.Write(accepted)));
            }
        }
    }

    [TestMethod]
    [NotOnNetFramework("mono does not count what a thread allocates")]
    public void A_count_of_billions_allocates_nothing()
    {
        byte[] bytes = [0x44, 0x42, 0x4D, 0x46, 1, 0, 0xFF, 0xFF, 0xFF, 0x7F];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsNull(ManifestFormat.TryRead(bytes));

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void The_newest_entry_comes_first_and_the_oldest_goes()
    {
        Manifest manifest = Manifest.Empty;
        for (int i = 0; i < Manifest.MaximumEntries + 3; i++)
        {
            manifest = manifest.With(new ManifestEntry(Digest.Of([(byte)i]), [], []));
        }

        Assert.HasCount(Manifest.MaximumEntries, manifest.Entries);
        Assert.AreEqual(Digest.Of([(byte)(Manifest.MaximumEntries + 2)]), manifest.Entries[0].Result);
    }

    private static Manifest Sample()
    {
        ManifestInput source = new("a.cpp", Digest.Of("source"u8)), header = new("include/a.h", Digest.Of("header"u8));
        return Manifest.Empty
            .With(new ManifestEntry(Digest.Of("first"u8), [source, header], []))
            .With(new ManifestEntry(Digest.Of("second"u8), [source, header], [new ManifestAbsence("src", ["a.h", "vector"])]));
    }
}
