namespace DistBuild.Core.Wire.Datagrams;

/// <summary>What a datagram is. Numbers are never reused.</summary>
public enum DatagramKind : byte
{
    /// <summary>Client to everybody: who has these, who has these compilers?</summary>
    WhoHas = 1,

    /// <summary>Agent to the client that asked.</summary>
    Offer = 2,

    /// <summary>Agent to the client that asked: your question bears a time I cannot accept, ask again with mine.</summary>
    Clock = 3,
}

/// <summary>The first 24 bytes of every datagram. Integers are big-endian.</summary>
/// <remarks><code>
/// off  0        4       5      6        7      8           16          24
///      | "DBLD" | major | kind | sealed | zero | nonce     | time      | body ... | seal 16, when sealed
///      | u32    | u8    | u8   | u8     | u8   | u64       | u64       |
/// </code></remarks>
/// <param name="Sealed">A seal follows the body: the cluster's (see <see cref="DatagramSeal"/>).</param>
/// <param name="Nonce">Random in a question, and that question's in the answer.</param>
/// <param name="Time">Milliseconds since 1970 by the sender's clock.</param>
public readonly record struct DatagramHeader(DatagramKind Kind, bool Sealed, ulong Nonce, long Time)
{
    public const uint Magic = Messages.Hello.Magic;
    public const int Size = 24;

    /// <summary>The header, or null when these bytes are not a datagram of this major version.</summary>
    public static DatagramHeader? Read(ref PayloadReader reader)
    {
        if (reader.U32() != Magic || reader.U8() != ProtocolVersion.Major)
        {
            return null;
        }

        DatagramKind kind = (DatagramKind)reader.U8();
        bool isSealed = reader.Flag(), isKnown = kind is >= DatagramKind.WhoHas and <= DatagramKind.Clock && reader.U8() == 0;
        DatagramHeader header = new(kind, isSealed, reader.U64(), (long)reader.U64());
        return isKnown && !reader.HasFailed ? header : null;
    }

    public void Write(PayloadWriter datagram) =>
        datagram.U32(Magic).U8(ProtocolVersion.Major).U8((byte)Kind).Flag(Sealed).U8(0).U64(Nonce).U64((ulong)Time);
}
