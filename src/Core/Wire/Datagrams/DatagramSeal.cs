using DistBuild.Core.Discovery;

namespace DistBuild.Core.Wire.Datagrams;

/// <summary>
/// The last 16 bytes of a datagram in a cluster with a key: HMAC-SHA256 over everything before, cut to its first half. RFC 2104 allows to cut to half the hash;
/// a forger has one chance in 2^128 per datagram sent, and 16 bytes are those of two more fingerprints.
/// </summary>
public static class DatagramSeal
{
    public const int Size = 16;

    /// <summary>The datagram as it leaves: with a seal when there is a key.</summary>
    public static byte[] Close(PayloadWriter datagram, ClusterKey? key)
    {
        if (key is not null)
        {
            datagram.Bytes(Compute(key, datagram.Written.Span));
        }

        return datagram.Written.ToArray();
    }

    /// <summary>
    /// Splits a received datagram into header and body, if it is one that this side believes: sealed with the key, or, without a key, not sealed.
    /// </summary>
    public static bool TryOpen(ReadOnlySpan<byte> datagram, ClusterKey? key, out DatagramHeader header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        PayloadReader reader = new(datagram);
        if (DatagramHeader.Read(ref reader) is not { } read || read.Sealed != (key is not null))
        {
            return false;
        }

        int end = datagram.Length - (read.Sealed ? Size : 0);
        if (end < DatagramHeader.Size || (key is not null && !FixedTime.AreEqual(Compute(key, datagram.Slice(0, end)), datagram.Slice(end))))
        {
            return false;
        }

        header = read;
        body = datagram.Slice(DatagramHeader.Size, end - DatagramHeader.Size);
        return true;
    }

    private static ReadOnlySpan<byte> Compute(ClusterKey key, ReadOnlySpan<byte> datagram) =>
        key.Authenticate(ClusterKey.Purpose.Datagram, datagram.ToArray()).AsSpan(0, Size);
}
