using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Connections;

/// <summary>Keeps a socket in the agents' multicast group on every interface, also on those that come up later.</summary>
internal sealed class GroupMembership : IDisposable
{
    private readonly Socket _socket;

    public GroupMembership(Socket socket)
    {
        _socket = socket;
        Join();
        NetworkChange.NetworkAddressChanged += OnChanged;
    }

    public void Dispose() => NetworkChange.NetworkAddressChanged -= OnChanged;

    private void OnChanged(object? sender, EventArgs e) => Join();

    private void Join()
    {
        foreach (IPAddress own in LocalNetwork.Read().Own)
        {
            try
            {
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(DiscoveryPorts.Group, own));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // A member already, or an interface without multicast: broadcast and unicast reach the agent too.
            }
        }
    }
}
