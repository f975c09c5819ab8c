using DistBuild.Core.Discovery;

namespace DistBuild.Core.Wire.Datagrams;

/// <summary>
/// The answer to a question whose time is too far from the agent's: its header's time is one that the agent accepts. Asked again with it, a machine
/// with a wrong clock is served; a datagram recorded earlier is not.
/// </summary>
/// <remarks><code>
/// body | (empty) |
/// </code></remarks>
public sealed record ClockAnswer(ulong Nonce, long Time)
{
    public byte[] ToBytes(ClusterKey? key)
    {
        PayloadWriter datagram = new();
        new DatagramHeader(DatagramKind.Clock, key is not null, Nonce, Time).Write(datagram);
        return DatagramSeal.Close(datagram, key);
    }

    public static ClockAnswer? Read(DatagramHeader header, ReadOnlySpan<byte> body) =>
        header.Kind == DatagramKind.Clock && body.IsEmpty ? new(header.Nonce, header.Time) : null;
}
