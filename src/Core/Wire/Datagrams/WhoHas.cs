using DistBuild.Core.Discovery;

namespace DistBuild.Core.Wire.Datagrams;

/// <summary>The question: which agents have these results, and which have these compilers?</summary>
/// <remarks><code>
/// body | toolchains u8 | fingerprints u8 | toolchain u64 ... | fingerprint u64 ... | zeros |
/// </code>
/// Zeros fill the datagram so that no answer is larger than its question: an agent is of no use to someone who forges sender addresses to flood others.
/// </remarks>
/// <param name="Toolchains">Fingerprints, at most <see cref="MaxToolchains"/>.</param>
/// <param name="Fingerprints">Of keys, at most <see cref="MaxFingerprints"/>.</param>
public sealed record WhoHas(ulong Nonce, long Time, IReadOnlyList<ulong> Toolchains, IReadOnlyList<ulong> Fingerprints)
{
    public const int MaxToolchains = 16;
    public const int MaxFingerprints = 128;

    /// <summary>Bytes. Fits one Ethernet frame with room for tunnels.</summary>
    public const int MaxSize = 1200;

    /// <summary>Bytes; at least the largest <see cref="OfferAnswer"/>.</summary>
    public const int MinSize = 320;

    public byte[] ToBytes(ClusterKey? key)
    {
        PayloadWriter datagram = new();
        new DatagramHeader(DatagramKind.WhoHas, key is not null, Nonce, Time).Write(datagram);
        datagram.U8((byte)Toolchains.Count).U8((byte)Fingerprints.Count);
        foreach (ulong toolchain in Toolchains)
        {
            datagram.U64(toolchain);
        }

        foreach (ulong fingerprint in Fingerprints)
        {
            datagram.U64(fingerprint);
        }

        datagram.PadTo(MinSize - (key is null ? 0 : DatagramSeal.Size));
        return DatagramSeal.Close(datagram, key);
    }

    /// <summary>The question in a body, or null when it is not one.</summary>
    public static WhoHas? Read(DatagramHeader header, ReadOnlySpan<byte> body)
    {
        int size = DatagramHeader.Size + body.Length + (header.Sealed ? DatagramSeal.Size : 0);
        PayloadReader reader = new(body);
        int toolchains = reader.U8(), fingerprints = reader.U8();
        if (header.Kind != DatagramKind.WhoHas || size is < MinSize or > MaxSize || toolchains > MaxToolchains || fingerprints > MaxFingerprints)
        {
            return null;
        }

        WhoHas question = new(header.Nonce, header.Time, ReadAll(ref reader, toolchains), ReadAll(ref reader, fingerprints));
        bool padded = reader.Left == 0 || size == MinSize;
        reader.Padding();
        return padded && reader.IsComplete ? question : null;
    }

    private static ulong[] ReadAll(ref PayloadReader reader, int count)
    {
        ulong[] values = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = reader.U64();
        }

        return values;
    }
}
