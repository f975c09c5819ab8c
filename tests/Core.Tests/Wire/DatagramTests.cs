using System.Net;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class DatagramTests
{
    private static readonly ClusterKey Other = new(new byte[32]);

    [TestMethod]
    public void Every_datagram_has_the_bytes_it_always_had()
    {
        foreach ((byte[] datagram, string bytes) in Samples.Datagrams)
        {
            Assert.AreEqual(Convert.ToHexString(Samples.Bytes(bytes)), Convert.ToHexString(datagram));
        }
    }

    [TestMethod]
    public void A_sealed_datagram_has_the_bytes_it_always_had()
    {
        byte[] datagram = new ClockAnswer(0x0102030405060708, 0x19000000002).ToBytes(Samples.ClusterKey);

        // The seal was computed with Python's hmac and hashlib.
        string expected = "44424c44 01 03 01 00 0102030405060708 0000019000000002" + "db50437c952747557f408fa417eed5e4";
        Assert.AreEqual(Convert.ToHexString(Samples.Bytes(expected)), Convert.ToHexString(datagram));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_question_is_read_back(bool isSealed)
    {
        ClusterKey? key = isSealed ? Samples.ClusterKey : null;

        Assert.IsTrue(DatagramSeal.TryOpen(Samples.Question.ToBytes(key), key, out DatagramHeader header, out ReadOnlySpan<byte> body));
        WhoHas question = WhoHas.Read(header, body)!;

        Assert.AreEqual(Samples.Question.Nonce, question.Nonce);
        Assert.AreEqual(Samples.Question.Time, question.Time);
        CollectionAssert.AreEqual(Samples.Question.Toolchains.ToArray(), question.Toolchains.ToArray());
        CollectionAssert.AreEqual(Samples.Question.Fingerprints.ToArray(), question.Fingerprints.ToArray());
    }

    [TestMethod]
    public void An_offer_says_of_each_fingerprint_what_the_agent_holds()
    {
        Assert.IsTrue(DatagramSeal.TryOpen(Samples.Answer.ToBytes(null), null, out DatagramHeader header, out ReadOnlySpan<byte> body));

        Offer offer = OfferAnswer.Read(header, body)!.ToOffer(Samples.Question, IPAddress.Parse("10.1.2.3"));

        Assert.AreEqual(new IPEndPoint(IPAddress.Parse("10.1.2.3"), 27182), offer.EndPoint);
        Assert.AreEqual("a", offer.Name);
        Assert.AreEqual((8, 7, 1, 100, 50, 2048), (offer.Slots, offer.FreeSlots, offer.Queue, offer.Power, offer.Load, offer.FreeMemory));
        CollectionAssert.AreEqual(new ulong[] { 0xa1 }, offer.Toolchains.ToArray());
        Assert.AreEqual(Holding.Object, offer.Holdings[0xb1]);
        Assert.AreEqual(Holding.Compiling, offer.Holdings[0xb2]);
        Assert.IsFalse(offer.Holdings.ContainsKey(0xb3));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(0, 1)]
    [DataRow(WhoHas.MaxToolchains, WhoHas.MaxFingerprints)]
    public void No_answer_is_larger_than_its_question_and_no_question_than_1200_bytes(int toolchains, int fingerprints)
    {
        WhoHas question = new(1, 2, new ulong[toolchains], new ulong[fingerprints]);
        OfferAnswer answer = Samples.Answer with { Holdings = new Holding[fingerprints], Name = new string('ü', 200) };
        foreach (ClusterKey? key in (ClusterKey?[])[null, Samples.ClusterKey])
        {
            int asked = question.ToBytes(key).Length;
            Assert.IsLessThanOrEqualTo(WhoHas.MaxSize, asked);
            Assert.IsLessThanOrEqualTo(asked, answer.ToBytes(key).Length);
            Assert.IsLessThanOrEqualTo(asked, new ClockAnswer(1, 2).ToBytes(key).Length);
        }
    }

    [TestMethod]
    public void Only_the_cluster_of_the_key_believes_a_datagram()
    {
        byte[] with = Samples.Question.ToBytes(Samples.ClusterKey), without = Samples.Question.ToBytes(null);

        Assert.IsTrue(DatagramSeal.TryOpen(with, Samples.ClusterKey, out _, out _));
        Assert.IsFalse(DatagramSeal.TryOpen(with, Other, out _, out _), "another key");
        Assert.IsFalse(DatagramSeal.TryOpen(with, null, out _, out _), "no key here");
        Assert.IsFalse(DatagramSeal.TryOpen(without, Samples.ClusterKey, out _, out _), "no key there");
    }

    [TestMethod]
    public void One_changed_bit_anywhere_breaks_the_seal()
    {
        byte[] datagram = Samples.Answer.ToBytes(Samples.ClusterKey);
        for (int bit = 0; bit < datagram.Length * 8; bit++)
        {
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(DatagramSeal.TryOpen(datagram, Samples.ClusterKey, out _, out _), $"bit {bit}");
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void A_cut_datagram_is_nothing()
    {
        foreach ((byte[] datagram, _) in Samples.Datagrams)
        {
            for (int length = 0; length < datagram.Length; length++)
            {
                Assert.IsNull(Read(datagram.AsSpan(0, length)), $"{length} of {datagram.Length} bytes");
            }
        }
    }

    [TestMethod]
    public void A_question_without_padding_is_not_answered()
    {
        byte[] small = Samples.Question.ToBytes(null)[..(24 + 2 + 32)];

        Assert.IsNull(Read(small));
    }

    [TestMethod]
    public void What_is_accepted_written_back_gives_the_same_bytes()
    {
        Random random = new(20050613);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++)
        {
            byte[] mutant = Mutation.Of(Samples.Datagrams[random.Next(Samples.Datagrams.Count)].Datagram, random);
            if (Read(mutant) is { } back)
            {
                accepted++;
                Assert.AreEqual(Convert.ToHexString(mutant), Convert.ToHexString(back), $"iteration {i}");
            }
        }

        Assert.IsGreaterThan(10_000, accepted, "the mutations reach the readers' ends");
    }

    /// <summary>Reads a datagram without seal and writes it again; null when it is none.</summary>
    private static byte[]? Read(ReadOnlySpan<byte> datagram) => !DatagramSeal.TryOpen(datagram, null, out DatagramHeader header, out ReadOnlySpan<byte> body) ? null
        : WhoHas.Read(header, body)?.ToBytes(null) ?? OfferAnswer.Read(header, body)?.ToBytes(null) ?? ClockAnswer.Read(header, body)?.ToBytes(null);
}
