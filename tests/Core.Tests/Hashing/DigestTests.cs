using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Tests.Hashing;

[TestClass]
public sealed class DigestTests
{
    /// <summary>FIPS 180-2, appendix B.1.</summary>
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [TestMethod]
    public void The_standards_example_comes_out_of_bytes_and_of_a_stream()
    {
        Assert.AreEqual(OfAbc, Digest.Of("abc"u8).ToString());
        Assert.AreEqual(OfAbc, Digest.Of(new MemoryStream("abc"u8.ToArray())).ToString());
    }

    [TestMethod]
    public void A_digest_survives_its_bytes_and_its_text()
    {
        Digest digest = Digest.Of("abc"u8);

        Assert.AreEqual(digest, new Digest(digest.ToArray()));
        Assert.IsTrue(Digest.TryParse(digest.ToString(), out Digest parsed));
        Assert.AreEqual(digest, parsed);
        Assert.IsTrue(Digest.TryParse(OfAbc.ToUpperInvariant(), out parsed));
        Assert.AreEqual(digest, parsed);
        Assert.AreEqual(OfAbc, Convert.ToHexStringLower(digest.ToArray()));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("ba78")]
    [DataRow(OfAbc + "0")]
    [DataRow(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a\u0664")]
    public void Anything_but_64_hexadecimal_digits_is_no_digest(string? text)
    {
        Assert.IsFalse(Digest.TryParse(text, out Digest digest));
        Assert.AreEqual(default, digest);
    }

    [TestMethod]
    [DataRow(31)]
    [DataRow(33)]
    public void A_digest_has_32_bytes(int length) => Assert.ThrowsExactly<ArgumentException>(() => new Digest(new byte[length]));

    [TestMethod]
    public void Every_bit_counts_for_equality()
    {
        byte[] bytes = Digest.Of("abc"u8).ToArray();
        Digest digest = new(bytes);
        for (int bit = 0; bit < Digest.Size * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Digest other = new(bytes);
            Assert.IsTrue(digest != other && !digest.Equals(other), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.IsTrue(digest == new Digest(bytes));
        Assert.AreEqual(digest.GetHashCode(), new Digest(bytes).GetHashCode());
    }

    [TestMethod]
    public void The_fingerprint_is_the_xxHash_of_the_32_bytes()
    {
        Digest digest = Digest.Of(Encoding.ASCII.GetBytes("abc"));

        Assert.AreEqual(XxHash64.Hash(digest.ToArray()), digest.Fingerprint);
    }
}
