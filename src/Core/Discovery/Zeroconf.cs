using System.Net;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Core.Discovery;

/// <summary>
/// The service by which agents are announced (RFC 6762 and 6763), and the one question by which a client finds agents at other ports than its own. Nothing that is
/// announced is believed: it only names an address to which the client sends its authenticated question.
/// </summary>
public static class Zeroconf
{
    public const int Port = 5353;

    public static IPAddress Group { get; } = IPAddress.Parse("224.0.0.251");

    public static DnsName Local { get; } = DnsName.Of("local");

    public static DnsName ServiceType { get; } = DnsName.Of("_distbuild", "_tcp", "local");

    /// <summary>Where all types of services are listed (RFC 6763, 9).</summary>
    public static DnsName AllTypes { get; } = DnsName.Of("_services", "_dns-sd", "_udp", "local");

    /// <summary>Sent from another port than 5353, so that each agent answers the asker alone and at once (RFC 6762, 6.7).</summary>
    internal static byte[] Question { get; } =
        new DnsMessage(0, IsResponse: false, [new DnsQuestion(ServiceType, DnsType.Pointer, WantsUnicast: true)], [], [], []).ToBytes();

    /// <summary>Where agents are, by an answer to the question: at the machine that sent it. What addresses it names is not looked at, so that no answer makes us send elsewhere.</summary>
    internal static IReadOnlyCollection<IPEndPoint> Agents(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (DnsMessage.Read(datagram) is not { IsResponse: true } answer)
        {
            return [];
        }

        return [.. answer.Answers.Concat(answer.Additionals)
            .Where(record => record is { Lifetime: > 0, Port: > 0 } && record.Name.EndsWith(ServiceType))
            .Select(record => new IPEndPoint(from.Address, record.Port!.Value)).Distinct()];
    }
}
