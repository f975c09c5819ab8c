using System.Net;
using System.Net.Sockets;

namespace DistBuild.Agent.Connections;

/// <summary>The two sockets of an agent, TCP and UDP on the same port number.</summary>
internal sealed class PortPair : IDisposable
{
    private const int Attempts = 50;
    private const int Backlog = 512;

    private readonly GroupMembership? _membership;

    private PortPair(Socket tcp, Socket udp, GroupMembership? membership) => (Tcp, Udp, _membership) = (tcp, udp, membership);

    public Socket Tcp { get; }

    public Socket Udp { get; }

    public IPEndPoint EndPoint => (IPEndPoint)Tcp.LocalEndPoint!;

    /// <param name="port">0: TCP takes a free one, and it is tried until UDP gets the same.</param>
    /// <exception cref="AgentStartException">The port is taken, or the address is not this machine's.</exception>
    public static PortPair Open(IPAddress address, int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Bind(new IPEndPoint(address, port));
                tcp.Listen(Backlog);

                // A socket bound to one address of a LAN does not hear what is broadcast there.
                IPAddress hears = IPAddress.IsLoopback(address) ? address : IPAddress.Any;
                udp.Bind(new IPEndPoint(hears, ((IPEndPoint)tcp.LocalEndPoint!).Port));
                return new PortPair(tcp, udp, IPAddress.IsLoopback(address) ? null : new GroupMembership(udp));
            }
            catch (SocketException e)
            {
                tcp.Dispose();
                udp.Dispose();
                if (port != 0 || attempt == Attempts || e.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied))
                {
                    throw AgentStartException.PortInUse(new IPEndPoint(address, port), e);
                }
            }
        }
    }

    public void Dispose()
    {
        _membership?.Dispose();
        Tcp.Dispose();
        Udp.Dispose();
    }
}
