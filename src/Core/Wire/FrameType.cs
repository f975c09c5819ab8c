namespace DistBuild.Core.Wire;

/// <summary>
/// The messages. Numbers are never reused; <c>docs/protocol.md</c> has the same table, and a test compares them. "Ends the stream" means that its
/// number is free again.
/// </summary>
public enum FrameType : byte
{
    /// <summary>Client to agent, since 1.0, the first frame: who asks, in which version.</summary>
    Hello = 1,

    /// <summary>Agent to client, since 1.0: who answers, in which version, and whether it wants a proof.</summary>
    Welcome = 2,

    /// <summary>Client to agent, since 1.0: the client knows the cluster key.</summary>
    Proof = 3,

    /// <summary>Agent to client, since 1.0: the agent knows it too; requests may follow.</summary>
    Accepted = 4,

    /// <summary>Agent to client, since 1.0: no; the connection ends.</summary>
    Rejected = 5,

    /// <summary>Both directions, since 1.0: still here; not answered.</summary>
    Alive = 8,

    /// <summary>Client to agent, since 1.0: opens a stream, asks for a result by its key.</summary>
    Fetch = 16,

    /// <summary>Agent to client, since 1.0: the result follows in chunks.</summary>
    Found = 17,

    /// <summary>Agent to client, since 1.0: not here; ends the stream.</summary>
    Missing = 18,

    /// <summary>Both directions, since 1.0: a piece of the content announced before.</summary>
    Chunk = 24,

    /// <summary>Both directions, since 1.0: the content is complete; from the agent it ends the stream.</summary>
    End = 25,

    /// <summary>Client to agent, since 1.0: gives up the stream's request, whatever its state.</summary>
    Cancel = 26,

    /// <summary>Agent to client, since 1.0: the request was given up; ends the stream.</summary>
    Cancelled = 27,

    /// <summary>Client to agent, since 1.0: opens a stream, waits for a compile slot.</summary>
    Lease = 32,

    /// <summary>Agent to client, since 1.0: the stream holds a slot for a short time, or room for what is to be kept.</summary>
    Granted = 33,

    /// <summary>Agent to client, since 1.0: cannot serve this request, the caller falls back; ends the stream.</summary>
    Declined = 34,

    /// <summary>Client to agent, since 1.0: gives a granted slot back unused.</summary>
    Release = 35,

    /// <summary>Client to agent, since 1.0: uses the granted slot; the text follows in chunks.</summary>
    Compile = 36,

    /// <summary>Agent to client, since 1.0: the compiler ran to its end; what it wrote follows in chunks.</summary>
    Result = 37,

    /// <summary>Client to agent, since 1.0: opens a stream, wants to be the only one who compiles a key.</summary>
    Claim = 40,

    /// <summary>Agent to client, since 1.0: the key is claimed by another client; the answer comes when that is over.</summary>
    Taken = 41,

    /// <summary>Agent to client, since 1.0: the stream holds the claim.</summary>
    Claimed = 42,

    /// <summary>Client to agent, since 1.0: the claimed key was compiled; says who has the result.</summary>
    Settle = 43,

    /// <summary>Agent to client, since 1.0: says whether the result is wanted here; ends the stream.</summary>
    Settled = 44,

    /// <summary>Agent to client, since 1.0: another agent has the result; ends the stream.</summary>
    Elsewhere = 45,

    /// <summary>Client to agent, since 1.0: opens a stream, offers a result or a manifest to keep; it follows in chunks once granted.</summary>
    Keep = 46,

    /// <summary>Agent to client, since 1.0: it is kept; ends the stream.</summary>
    Kept = 47,

    /// <summary>Client to agent, since 1.0: opens a stream, asks what the agent is doing.</summary>
    Status = 48,

    /// <summary>Agent to client, since 1.0: what it is doing; ends the stream.</summary>
    StatusReport = 49,
}
