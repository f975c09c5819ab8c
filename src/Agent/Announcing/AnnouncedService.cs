using System.Net;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Announcing;

/// <summary>The records of one agent under one name (RFC 6763): that there is such a service, this instance of it, where it is and what it is.</summary>
/// <param name="instance">For people: the machine's name, and what tells it from another one.</param>
/// <param name="host">The name of the agent's addresses; its own, because the machine's may belong to another responder of the machine.</param>
internal sealed class AnnouncedService(DnsName instance, DnsName host, int port, Guid agentId)
{
    /// <summary>Seconds, by RFC 6762 (10): of what names a host, and of the rest.</summary>
    private const uint HostLifetime = 120, OtherLifetime = 75 * 60;

    public DnsName Instance { get; } = instance;

    public DnsRecord Type { get; } = DnsRecord.Pointer(Zeroconf.AllTypes, OtherLifetime, Zeroconf.ServiceType);

    public DnsRecord Pointer { get; } = DnsRecord.Pointer(Zeroconf.ServiceType, OtherLifetime, instance);

    public DnsRecord Service { get; } = DnsRecord.Service(instance, HostLifetime, port, host);

    public DnsRecord Text { get; } = DnsRecord.Text(instance, OtherLifetime, "txtvers=1", $"protocol={ProtocolVersion.Text}", $"agent={agentId}");

    public DnsRecord Address(IPAddress own) => DnsRecord.Address(host, HostLifetime, own);

    /// <summary>All of it, as it holds on the network of one address.</summary>
    public IReadOnlyList<DnsRecord> All(IPAddress own) => [Type, Pointer, Service, Text, Address(own)];

    /// <summary>The agent of a machine; each attempt is another name, for when somebody else has the one before.</summary>
    /// <param name="attempt">From 0.</param>
    public static AnnouncedService Of(string machine, int port, Guid agentId, int attempt)
    {
        string more = $"{(port == Core.Client.BuildOptions.DefaultPort ? "" : $":{port}")}{(attempt == 0 ? "" : $" ({attempt + 1})")}";
        string label = Clamp.Utf8(machine.Length == 0 ? "distbuild" : machine, DnsName.MaxLabel - more.Length) + more;
        string host = $"distbuild-{agentId.ToString("n")[..12]}{(attempt == 0 ? "" : $"-{attempt + 1}")}";
        return new AnnouncedService(DnsName.Of(label).Under(Zeroconf.ServiceType), DnsName.Of(host).Under(Zeroconf.Local), port, agentId);
    }

    /// <summary>Whether a message says that a name of ours is somebody else's: another record under it that claims to be the only one.</summary>
    /// <param name="own">All addresses of this machine: what it says on one network may be heard on another.</param>
    public bool IsContestedBy(DnsMessage message, IReadOnlyCollection<IPAddress> own) =>
        message.IsResponse && Rivals(message.Answers.Concat(message.Additionals), own).Any(rival => rival.Theirs is { IsUnique: true, Lifetime: > 0 });

    /// <summary>Whether somebody else who tries the same names at this moment goes before us: the later data wins (RFC 6762, 8.2).</summary>
    /// <inheritdoc cref="IsContestedBy" path="/param"/>
    public bool LosesTo(DnsMessage probe, IReadOnlyCollection<IPAddress> own) =>
        !probe.IsResponse && Rivals(probe.Authorities, own).Any(rival => rival.Ours.Data.AsSpan().SequenceCompareTo(rival.Theirs.Data) < 0);

    /// <summary>The question whether anybody has our names, with what we would say about them.</summary>
    public DnsMessage Probe(IPAddress own) => new(
        0, IsResponse: false,
        [new DnsQuestion(Instance, DnsType.Any, WantsUnicast: true), new DnsQuestion(Address(own).Name, DnsType.Any, WantsUnicast: true)],
        [], [.. UniqueOf([own]).Select(record => record with { IsUnique = false })], []);

    /// <summary>Takes everything back that is not said by others too.</summary>
    public DnsMessage Goodbye(IPAddress own) => Response([.. All(own).Where(record => record != Type).Select(record => record with { Lifetime = 0 })]);

    public DnsMessage Announcement(IPAddress own) => Response(All(own));

    private static DnsMessage Response(IReadOnlyList<DnsRecord> records) => new(0, IsResponse: true, [], records, [], []);

    private DnsRecord[] UniqueOf(IEnumerable<IPAddress> own) => [Service, .. own.Select(Address)];

    private IEnumerable<(DnsRecord Ours, DnsRecord Theirs)> Rivals(IEnumerable<DnsRecord> records, IReadOnlyCollection<IPAddress> own)
    {
        DnsRecord[] unique = UniqueOf(own);
        foreach (DnsRecord theirs in records.Where(theirs => !Array.Exists(unique, ours => ours.SaysWhat(theirs))))
        {
            if (Array.Find(unique, ours => ours.Type == theirs.Type && ours.Name.Equals(theirs.Name)) is { } ours)
            {
                yield return (ours, theirs);
            }
        }
    }
}
