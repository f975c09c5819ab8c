using System.Net;
using DistBuild.Agent.Announcing;
using DistBuild.Core.Discovery;
using DistBuild.Core.Tests.Wire;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Fuzz.Targets;

/// <summary>What anybody on the LAN may send by multicast DNS, to an agent and to a client.</summary>
internal static class MulticastTargets
{
    private static readonly IPAddress Own = IPAddress.Parse("10.1.2.3");
    private static readonly AnnouncedService Service = AnnouncedService.Of("build1", 27182, Guid.Parse("0123456789abcdef0123456789abcdef"), 0);

    /// <summary>Names that point to earlier ones, as avahi writes them.</summary>
    private static readonly byte[] Compressed = Samples.Bytes(
        "0000 8400 0000 0002 0000 0000 0a 5f646973746275696c64 04 5f746370 05 6c6f63616c 00 000c 0001 00001194 0004 01 61 c00c"
        + "c02d 0021 8001 00000078 000c 0000 0000 6a2e 03 666f6f c01c");

    public static IEnumerable<FuzzTarget> All =>
    [
        new("multicast DNS", [Compressed, Zeroconf.Question, Service.Announcement(Own).ToBytes(), Service.Probe(Own).ToBytes(), Service.Goodbye(Own).ToBytes(), Query()], Read),
    ];

    private static bool Read(byte[] bytes)
    {
        if (DnsMessage.Read(bytes) is not { } message)
        {
            return false;
        }

        byte[] written = message.ToBytes();
        CollectionAssert.AreEqual(written, DnsMessage.Read(written)?.ToBytes() ?? (written.Length > DnsMessage.MaxSize ? written : []));
        _ = Service.IsContestedBy(message, [Own]);
        _ = Service.LosesTo(message, [Own]);
        foreach (bool isLegacy in (bool[])[true, false])
        {
            if (QueryAnswer.To(message, Service, Own, isLegacy) is { } answer)
            {
                Assert.IsFalse(message.IsResponse, "nobody answers an answer");
                Assert.IsTrue(answer.Message.ToBytes().Length <= DnsMessage.MaxSize || answer.Message.Questions.Count > 1);
            }
        }

        Assert.IsTrue(Zeroconf.Agents(bytes, new IPEndPoint(IPAddress.Loopback, Zeroconf.Port)).All(agent => agent.Address.Equals(IPAddress.Loopback)));
        return true;
    }

    private static byte[] Query() => new DnsMessage(
        9, IsResponse: false, [new DnsQuestion(Zeroconf.ServiceType, DnsType.Pointer, false), new DnsQuestion(Service.Instance, DnsType.Any, true)], [Service.Pointer], [], []).ToBytes();
}
