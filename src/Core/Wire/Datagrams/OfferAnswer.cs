using System.Net;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Datagrams;

/// <summary>The answer to a <see cref="WhoHas"/>. Toolchains and holdings are told by their places in the question, so it is small.</summary>
/// <remarks><code>
/// body | agent id 16 | address 4 | port u16 | certificate 32 | slots u16 | free u16 | queue u16 | power u16 | load u8 | free memory MiB u32
///      | toolchain mask u16 | fingerprints u8 | holdings, 4 bits each, low half first | name text |
/// </code>
/// Address 0.0.0.0 is the one the answer came from; a certificate of zeros is none. Bit i of the mask, and holding i, speak of number i of the question.
/// </remarks>
public sealed record OfferAnswer(
    ulong Nonce,
    long Time,
    Guid AgentId,
    IPAddress Address,
    int Port,
    Digest Certificate,
    int Slots,
    int FreeSlots,
    int Queue,
    int Power,
    int Load,
    int FreeMemory,
    ushort ToolchainMask,
    IReadOnlyList<Holding> Holdings,
    string Name)
{
    public byte[] ToBytes(ClusterKey? key)
    {
        PayloadWriter datagram = new();
        new DatagramHeader(DatagramKind.Offer, key is not null, Nonce, Time).Write(datagram);
        datagram.Guid(AgentId).Bytes(Address.GetAddressBytes()).U16((ushort)Port).Digest(Certificate);
        datagram.U16(Clamp.U16(Slots)).U16(Clamp.U16(FreeSlots)).U16(Clamp.U16(Queue)).U16(Clamp.U16(Power));
        datagram.U8(Clamp.U8(Load)).U32(Clamp.U32(FreeMemory)).U16(ToolchainMask).U8((byte)Holdings.Count);
        for (int i = 0; i < Holdings.Count; i += 2)
        {
            int high = i + 1 < Holdings.Count ? (int)Holdings[i + 1] : 0;
            datagram.U8((byte)((int)Holdings[i] | (high << 4)));
        }

        datagram.Text(Clamp.Name(Name));
        return DatagramSeal.Close(datagram, key);
    }

    /// <summary>The answer in a body, or null when it is not one.</summary>
    public static OfferAnswer? Read(DatagramHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Kind != DatagramKind.Offer)
        {
            return null;
        }

        PayloadReader reader = new(body);
        Guid id = reader.Guid();
        byte[] address = reader.Bytes(4);
        ushort port = reader.U16();
        Digest certificate = reader.Digest();
        int slots = reader.U16(), free = reader.U16(), queue = reader.U16(), power = reader.U16(), load = reader.U8();
        uint memory = reader.U32();
        ushort mask = reader.U16();
        Holding[]? holdings = ReadHoldings(ref reader);
        bool nameFits = reader.Left <= sizeof(ushort) + WireLimits.MaxName;
        string name = reader.Text();
        return nameFits && reader.IsComplete && holdings is not null && port > 0 && memory <= int.MaxValue
            ? new(header.Nonce, header.Time, id, new IPAddress(address), port, certificate, slots, free, queue, power, load, (int)memory, mask, holdings, name)
            : null;
    }

    /// <summary>What this answer means to the one who asked.</summary>
    /// <param name="source">Where the datagram came from.</param>
    public Offer ToOffer(WhoHas question, IPAddress source)
    {
        Dictionary<ulong, Holding> holdings = [];
        for (int i = 0; i < question.Fingerprints.Count && i < Holdings.Count; i++)
        {
            if (Holdings[i] != Holding.No)
            {
                holdings[question.Fingerprints[i]] = Holdings[i];
            }
        }

        return new Offer(
            AgentId,
            Name,
            new IPEndPoint(Address.Equals(IPAddress.Any) ? source : Address, Port),
            Certificate == default ? null : Certificate,
            Slots, FreeSlots, Queue, Power, Load, FreeMemory,
            [.. question.Toolchains.Where((_, i) => (ToolchainMask & (1 << i)) != 0)],
            holdings);
    }

    private static Holding[]? ReadHoldings(ref PayloadReader reader)
    {
        Holding[] holdings = new Holding[reader.U8()];
        for (int i = 0; i < holdings.Length; i += 2)
        {
            byte both = reader.U8();
            holdings[i] = (Holding)(both & 15);
            if (i + 1 < holdings.Length)
            {
                holdings[i + 1] = (Holding)(both >> 4);
            }
            else if (both >> 4 != 0)
            {
                return null;
            }
        }

        return holdings.Length <= WhoHas.MaxFingerprints && holdings.All(holding => holding <= Holding.Elsewhere) ? holdings : null;
    }
}
