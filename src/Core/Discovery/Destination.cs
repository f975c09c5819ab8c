using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>Somebody asked by address, and what this build learned of them.</summary>
/// <param name="socket">Null: the finder's own socket is used. A loopback address has a connected one, which is told at once when nobody listens.</param>
internal sealed class Destination(IPEndPoint endPoint, DatagramSocket? socket)
{
    public IPEndPoint EndPoint { get; } = endPoint;

    public DatagramSocket? Socket { get; } = socket;

    /// <summary>A question got no answer in time, and none came since: asked on, but not waited for.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The slowest answer so far, or null.</summary>
    public TimeSpan? Slowest { get; private set; }

    public void Answered(TimeSpan elapsed)
    {
        IsSilent = false;
        Slowest = Slowest is { } slowest && slowest > elapsed ? slowest : elapsed;
    }

    /// <summary>Four times the slowest answer so far, within bounds.</summary>
    public TimeSpan Patience(FinderTimings timings)
    {
        if (Slowest is not { } slowest)
        {
            return timings.LongestPatience;
        }

        TimeSpan patience = TimeSpan.FromTicks(slowest.Ticks * 4);
        return patience < timings.ShortestPatience ? timings.ShortestPatience : patience > timings.LongestPatience ? timings.LongestPatience : patience;
    }
}
