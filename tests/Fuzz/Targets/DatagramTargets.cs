using System.Net;
using DistBuild.Core.Discovery;
using DistBuild.Core.Tests.Wire;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Fuzz.Targets;

/// <summary>What comes by UDP, as one who has the key may send it, and as a stranger may.</summary>
internal static class DatagramTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("datagrams of this machine", [.. Samples.Datagrams.Select(sample => sample.Datagram)], bytes => Read(bytes, null)),
        new(
            "sealed datagrams",
            [Samples.Question.ToBytes(Samples.ClusterKey), Samples.Answer.ToBytes(Samples.ClusterKey), new ClockAnswer(1, 2).ToBytes(Samples.ClusterKey)],
            bytes => Read(bytes, Samples.ClusterKey), Seal),
    ];

    private static bool Read(byte[] bytes, ClusterKey? key)
    {
        if (!DatagramSeal.TryOpen(bytes, key, out DatagramHeader header, out ReadOnlySpan<byte> body))
        {
            return false;
        }

        byte[]? again = WhoHas.Read(header, body) is { } question ? question.ToBytes(key)
            : OfferAnswer.Read(header, body) is { } answer ? Use(answer).ToBytes(key)
            : ClockAnswer.Read(header, body)?.ToBytes(key);
        if (again is null)
        {
            return false;
        }

        CollectionAssert.AreEqual(bytes, again);
        return true;
    }

    private static OfferAnswer Use(OfferAnswer answer)
    {
        Offer offer = answer.ToOffer(Samples.Question, IPAddress.Loopback);
        Assert.IsLessThanOrEqualTo(Samples.Question.Fingerprints.Count, offer.Holdings.Count);
        return answer;
    }

    private static byte[] Seal(byte[] datagram)
    {
        PayloadWriter writer = new();
        writer.Bytes(datagram.AsSpan(0, Math.Max(0, datagram.Length - DatagramSeal.Size)));
        return DatagramSeal.Close(writer, Samples.ClusterKey);
    }
}
