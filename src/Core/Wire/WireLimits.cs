namespace DistBuild.Core.Wire;

/// <summary>What either side accepts from the other. All sizes are bytes; each is checked before anything of that size is allocated.</summary>
public static class WireLimits
{
    /// <summary>Of one frame: the only bound a connection's memory has, so it is small; larger things travel in chunks.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>Of one chunk: two TLS records; small enough that streams of one connection share it fairly.</summary>
    public const int ChunkSize = 32 * 1024;

    /// <summary>Of a preprocessed text: several times the largest seen in practice (some 30 MB).</summary>
    public const int MaxText = 128 * 1024 * 1024;

    /// <summary>Of an object with what the compiler printed: debug builds of generated code reach 100 MB.</summary>
    public const int MaxContent = 256 * 1024 * 1024;

    /// <summary>Bytes queued on one connection before senders wait.</summary>
    public const int MaxQueued = 256 * 1024;

    /// <summary>Of a client's or an agent's name in UTF-8, so that it fits any datagram; longer names are cut.</summary>
    public const int MaxName = 63;

    /// <summary>Toolchains and jobs of one status report.</summary>
    public const int MaxListed = 128;

    /// <summary>Texts below this are sent as they are: a compressed one would save less than a packet.</summary>
    public const int SmallestCompressed = 1024;
}
