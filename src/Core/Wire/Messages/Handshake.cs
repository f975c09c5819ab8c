using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>Who asks. The first frame of a connection, inside TLS when there is a cluster key.</summary>
/// <remarks><code>
/// | "DBLD" | major u8 | minor u8 | nonce 32 | client text |
/// </code></remarks>
/// <param name="Nonce">32 random bytes.</param>
/// <param name="Client">The machine, for people and for fairness between clients; at most <see cref="WireLimits.MaxName"/> bytes.</param>
public sealed record Hello(byte Major, byte Minor, Digest Nonce, string Client) : WireMessage
{
    /// <summary>"DBLD": what tells this protocol from any other that reaches the port.</summary>
    public const uint Magic = 0x44424C44;

    public override FrameType Type => FrameType.Hello;

    public static Hello? Read(ref PayloadReader reader) =>
        reader.U32() == Magic ? new(reader.U8(), reader.U8(), reader.Digest(), reader.Text()) : null;

    public override void Write(PayloadWriter payload) => payload.U32(Magic).U8(Major).U8(Minor).Digest(Nonce).Text(Client);
}

/// <summary>Who answers.</summary>
/// <remarks><code>
/// | major u8 | minor u8 | wants proof u8 (0, 1) | nonce 32 | agent id 16 | name text |
/// </code></remarks>
/// <param name="WantsProof">
/// The agent has a cluster key; without one, <see cref="Proof"/> and <see cref="Accepted"/> carry zeros and both sides are on loopback.
/// </param>
public sealed record Welcome(byte Major, byte Minor, bool WantsProof, Digest Nonce, Guid AgentId, string Name) : WireMessage
{
    public override FrameType Type => FrameType.Welcome;

    public static Welcome Read(ref PayloadReader reader) =>
        new(reader.U8(), reader.U8(), reader.Flag(), reader.Digest(), reader.Guid(), reader.Text());

    public override void Write(PayloadWriter payload) =>
        payload.U8(Major).U8(Minor).Flag(WantsProof).Digest(Nonce).Guid(AgentId).Text(Name);
}

/// <summary>The client knows the cluster key: an HMAC as <see cref="ConnectionProof"/> makes it.</summary>
/// <remarks><code>
/// | mac 32 |
/// </code></remarks>
public sealed record Proof(Digest Mac) : WireMessage
{
    public override FrameType Type => FrameType.Proof;

    public static Proof Read(ref PayloadReader reader) => new(reader.Digest());

    public override void Write(PayloadWriter payload) => payload.Digest(Mac);
}

/// <summary>What a client may do on this connection.</summary>
public enum ClientRole : byte
{
    /// <summary>Fetch, and fill by compiling.</summary>
    Full = 0,

    /// <summary>Fetch only.</summary>
    ReadOnly = 1,
}

/// <summary>The agent knows the cluster key too, and these are its terms.</summary>
/// <remarks><code>
/// | mac 32 | role u8 | streams u16 |
/// </code></remarks>
/// <param name="Streams">How many requests the client may have open at once.</param>
public sealed record Accepted(Digest Mac, ClientRole Role, ushort Streams) : WireMessage
{
    public override FrameType Type => FrameType.Accepted;

    public static Accepted Read(ref PayloadReader reader) => new(reader.Digest(), (ClientRole)reader.U8(), reader.U16());

    public override void Write(PayloadWriter payload) => payload.Digest(Mac).U8((byte)Role).U16(Streams);
}

public enum RejectReason : byte
{
    /// <summary>Another major version.</summary>
    Version = 1,

    /// <summary>The proof is not that of this agent's cluster key.</summary>
    ClusterKey = 2,

    /// <summary>The agent is going away.</summary>
    Stopping = 3,
}

/// <summary>No, and the connection ends.</summary>
/// <remarks><code>
/// | reason u8 | text |
/// </code></remarks>
/// <param name="Text">For people.</param>
public sealed record Rejected(RejectReason Reason, string Text) : WireMessage
{
    public override FrameType Type => FrameType.Rejected;

    public static Rejected Read(ref PayloadReader reader) => new((RejectReason)reader.U8(), reader.Text());

    public override void Write(PayloadWriter payload) => payload.U8((byte)Reason).Text(Text);
}
