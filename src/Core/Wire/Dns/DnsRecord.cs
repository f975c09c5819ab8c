using System.Net;
using System.Text;

namespace DistBuild.Core.Wire.Dns;

/// <summary>Types of records and questions that a service needs, by RFC 1035 (3.2.2) and RFC 2782.</summary>
public enum DnsType : ushort
{
    Address = 1,
    Pointer = 12,
    Text = 16,
    Service = 33,
    Any = 255,
}

/// <summary>What somebody wants to know.</summary>
/// <param name="WantsUnicast">The top bit of the class: answer the asker only (RFC 6762, 5.4).</param>
public sealed record DnsQuestion(DnsName Name, DnsType Type, bool WantsUnicast)
{
    public bool IsAnsweredBy(DnsRecord record) => Name.Equals(record.Name) && (Type == record.Type || Type == DnsType.Any);
}

/// <summary>One record of class IN.</summary>
/// <param name="IsUnique">The top bit of the class: whoever has others of this name and type forgets them (RFC 6762, 10.2).</param>
/// <param name="Lifetime">Seconds; 0 takes the record back.</param>
/// <param name="Data">As on the wire, with names written out.</param>
public sealed record DnsRecord(DnsName Name, DnsType Type, bool IsUnique, uint Lifetime, byte[] Data)
{
    public static DnsRecord Pointer(DnsName name, uint lifetime, DnsName target) => new(name, DnsType.Pointer, false, lifetime, target.ToBytes());

    public static DnsRecord Address(DnsName name, uint lifetime, IPAddress address) => new(name, DnsType.Address, true, lifetime, address.GetAddressBytes());

    /// <summary>RFC 2782: priority, weight, port, host.</summary>
    public static DnsRecord Service(DnsName name, uint lifetime, int port, DnsName host)
    {
        PayloadWriter data = new();
        data.U16(0).U16(0).U16((ushort)port);
        host.Write(data);
        return new(name, DnsType.Service, true, lifetime, data.Written.ToArray());
    }

    /// <summary>RFC 6763 (6): texts <c>key=value</c>, each with its length before it.</summary>
    public static DnsRecord Text(DnsName name, uint lifetime, params string[] texts)
    {
        PayloadWriter data = new();
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            data.U8((byte)bytes.Length).Bytes(bytes);
        }

        return new(name, DnsType.Text, true, lifetime, data.Written.ToArray());
    }

    /// <summary>The port of a service record; null for any other.</summary>
    public int? Port => Type == DnsType.Service && Data.Length >= 3 * sizeof(ushort) ? (Data[4] << 8) | Data[5] : null;

    /// <summary>Whether both say the same, for however long.</summary>
    public bool SaysWhat(DnsRecord other) => Type == other.Type && Name.Equals(other.Name) && Data.AsSpan().SequenceEqual(other.Data);
}
