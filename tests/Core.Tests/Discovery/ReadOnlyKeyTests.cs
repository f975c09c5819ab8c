using DistBuild.Core.Discovery;
using DistBuild.Core.Tests.Wire;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class ReadOnlyKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_file_that_is_written_is_the_key_that_the_clusters_own_key_knows()
    {
        Samples.ClusterKey.WriteReadOnly(_folder["reader.key"]);

        ClusterKey reader = ClusterKey.Load(_folder["reader.key"]);

        Assert.AreEqual(ClientRole.ReadOnly, reader.Role);
        Assert.AreEqual(ClientRole.Full, Samples.ClusterKey.Role);
        Assert.IsNull(reader.Warning);
        CollectionAssert.AreEqual(Mac(Samples.ClusterKey.ReadOnly!), Mac(reader));
        CollectionAssert.AreNotEqual(Mac(Samples.ClusterKey), Mac(reader));
    }

    [TestMethod]
    public void It_is_derived_as_another_HMAC_derives_it()
    {
        // Computed with Python's hmac and hashlib.
        Samples.ClusterKey.WriteReadOnly(_folder["reader.key"]);

        Assert.EndsWith("\nread-only 7961c5715c4f0c3fe19580e2018bbe920df924b17fa4ed353db93c402134a64a\n", File.ReadAllText(_folder["reader.key"]));
        Assert.AreEqual("bd80795e9a711d8e45ce28c4462f9504c2aa197a400bd8f8bf1d8d88c21d903c", Convert.ToHexStringLower(Mac(Samples.ClusterKey.ReadOnly!)));
    }

    [TestMethod]
    public void From_a_read_only_key_no_other_can_be_made()
    {
        ClusterKeyException e = Assert.Throws<ClusterKeyException>(() => Samples.ClusterKey.ReadOnly!.WriteReadOnly(_folder["again.key"]));

        Assert.Contains("read-only client", e.Message);
        Assert.IsNull(Samples.ClusterKey.ReadOnly!.ReadOnly);
        Assert.IsFalse(File.Exists(_folder["again.key"]));
    }

    [TestMethod]
    [DataRow("read-only ", DisplayName = "no digits")]
    [DataRow("read-only 0011", DisplayName = "too few digits")]
    [DataRow("write-only 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", DisplayName = "another word")]
    public void A_broken_file_is_no_key(string text)
    {
        File.WriteAllText(_folder["bad.key"], text);

        Assert.Throws<ClusterKeyException>(() => ClusterKey.Load(_folder["bad.key"]));
    }

    private static byte[] Mac(ClusterKey key) => key.Authenticate(ClusterKey.Purpose.Datagram, [1]);
}
