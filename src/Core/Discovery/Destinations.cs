using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Client;
using DistBuild.Core.Compatibility;

namespace DistBuild.Core.Discovery;

/// <summary>
/// Who is asked by address: the configured agents, and, where discovery is on, an agent of this machine. Without a cluster key only loopback addresses are asked,
/// because only they would be believed. IPv4.
/// </summary>
internal sealed class Destinations(BuildOptions options, bool loopbackOnly, TimeProvider time, Func<IPEndPoint, DatagramSocket?> connect) : IDisposable
{
    private readonly Dictionary<IPEndPoint, Destination?> _byEndPoint = [];
    private readonly Dictionary<string, Task<IPAddress?>> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everyone whose address is known by now; a name gets a short time to be resolved. Not for two callers at once.</summary>
    public async Task<IReadOnlyList<Destination>> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        List<IPEndPoint> endPoints = [];
        foreach (AgentAddress agent in options.Agents)
        {
            if (!_names.TryGetValue(agent.Host, out Task<IPAddress?>? name))
            {
                _names[agent.Host] = name = ResolveAsync(agent.Host);
            }

            await Task.WhenAny(name, time.DelayAsync(name.IsCompleted ? TimeSpan.Zero : patience, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (name.IsCompleted && await name.ConfigureAwait(false) is { } address)
            {
                endPoints.Add(new IPEndPoint(address, agent.Port));
            }
        }

        if (options.Broadcast)
        {
            endPoints.Add(new IPEndPoint(IPAddress.Loopback, options.Port));
        }

        return [.. endPoints.Distinct().Where(endPoint => !loopbackOnly || IPAddress.IsLoopback(endPoint.Address)).Select(Find).OfType<Destination>()];
    }

    /// <summary>Where an agent that answered is asked again; null when it would not be believed. Not for two callers at once.</summary>
    public Destination? Of(Offer offer)
    {
        Destination? destination = loopbackOnly && !IPAddress.IsLoopback(offer.EndPoint.Address) ? null : Find(offer.EndPoint);
        if (destination is { Slowest: null, IsSilent: false })
        {
            // It is there, and quick enough to have answered somebody else's question in time.
            destination.Answered(TimeSpan.Zero);
        }

        return destination;
    }

    public void Dispose()
    {
        foreach (Destination? destination in _byEndPoint.Values)
        {
            destination?.Socket?.Dispose();
        }
    }

    private Destination? Find(IPEndPoint endPoint)
    {
        if (!_byEndPoint.TryGetValue(endPoint, out Destination? destination))
        {
            bool own = IPAddress.IsLoopback(endPoint.Address);
            DatagramSocket? socket = own ? connect(endPoint) : null;
            _byEndPoint[endPoint] = destination = own && socket is null ? null : new Destination(endPoint, socket);
        }

        return destination;
    }

    private static async Task<IPAddress?> ResolveAsync(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal.AddressFamily == AddressFamily.InterNetwork ? literal : null;
        }

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
            return addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
