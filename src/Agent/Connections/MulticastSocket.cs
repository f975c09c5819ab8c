using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Connections;

/// <summary>
/// A socket of multicast DNS on the network of one of this machine's addresses. It shares the port with other responders of the machine: each gets what is sent to the group.
/// </summary>
internal sealed class MulticastSocket : IDisposable
{
    // RFC 6762 (11): proof that a datagram crossed no router.
    private const int TimeToLive = 255;

    // linux/in.h: else a socket hears every group that any socket of the machine is in, on every interface.
    private const int LevelIP = 0, LinuxMulticastAll = 49;

    private readonly Socket _socket;
    private readonly IPEndPoint _group;

    private MulticastSocket(Socket socket, IPAddress own, IPEndPoint group) => (_socket, Own, _group) = (socket, own, group);

    public IPAddress Own { get; }

    /// <summary>Null when the system gives none: no multicast on this interface, or a responder that does not share the port.</summary>
    public static MulticastSocket? Open(IPAddress own, int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Zeroconf.Group, own));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own.GetAddressBytes());
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TimeToLive);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, true);
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(LevelIP, LinuxMulticastAll, BitConverter.GetBytes(0));
            }

            return new MulticastSocket(socket, own, new IPEndPoint(Zeroconf.Group, port));
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>The next datagram that is a message, and who sent it; null when the socket is closed.</summary>
    public async Task<(DnsMessage Message, IPEndPoint From)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[DnsMessage.MaxSize];
        EndPoint any = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken);
                if (DnsMessage.Read(buffer.AsSpan(0, received.ReceivedBytes)) is { } message)
                {
                    return (message, (IPEndPoint)received.RemoteEndPoint);
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize)
            {
                // An asker that went away, or a datagram too long.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Sends to somebody, or to the group; what is lost is asked for again by whoever needs it.</summary>
    public void Send(DnsMessage message, IPEndPoint? to = null)
    {
        try
        {
            _socket.SendTo(message.ToBytes(), to ?? _group);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The interface went away.
        }
    }

    public void Dispose() => _socket.Dispose();
}
