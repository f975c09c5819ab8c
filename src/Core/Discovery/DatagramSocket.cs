using System.Net;
using System.Net.Sockets;

namespace DistBuild.Core.Discovery;

internal delegate void DatagramReceived(ReadOnlySpan<byte> datagram, IPEndPoint from);

/// <summary>One IPv4 UDP socket of a client with its receive loop. Nothing the network does throws.</summary>
internal sealed class DatagramSocket : IDisposable
{
    // Errors in a row after which the socket is given up; each refused question is one.
    private const int MostErrors = 1000;

    private readonly Socket _socket;
    private readonly DatagramReceived _received;
    private readonly Action<DatagramSocket> _refused;

    private DatagramSocket(Socket socket, DatagramReceived received, Action<DatagramSocket> refused)
    {
        _socket = socket;
        _received = received;
        _refused = refused;
    }

    /// <summary>A socket for one address, which also learns when nobody listens there; null when the system gives none.</summary>
    public static DatagramSocket? Connect(IPEndPoint peer, DatagramReceived received, Action<DatagramSocket> refused) =>
        Open(socket => socket.Connect(peer), received, refused);

    /// <summary>A socket for any address, broadcast and multicast included; null when the system gives none.</summary>
    /// <param name="ports">Where answers should arrive, so that a firewall can let them in; when all are taken the system chooses.</param>
    public static DatagramSocket? Bind(IEnumerable<int> ports, DatagramReceived received) => Open(
        socket =>
        {
            socket.EnableBroadcast = true;
            if (!ports.Any(port => TryBind(socket, port)))
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            }
        },
        received,
        _ => { });

    /// <param name="peer">Null for a connected socket.</param>
    /// <returns>False when the system would not send it: no route, no interface, refused.</returns>
    public bool Send(byte[] datagram, IPEndPoint? peer)
    {
        // Twice: the first attempt may only report that an earlier datagram was refused.
        return TrySend(datagram, peer) || TrySend(datagram, peer);
    }

    /// <summary>Sends to a multicast group through the interface with this address; false when it cannot.</summary>
    public bool SendThrough(IPAddress own, byte[] datagram, IPEndPoint group)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own.GetAddressBytes());
            return TrySend(datagram, group);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool TryBind(Socket socket, int port)
    {
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool TrySend(byte[] datagram, IPEndPoint? peer)
    {
        try
        {
            _ = peer is null ? _socket.Send(datagram) : _socket.SendTo(datagram, peer);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static DatagramSocket? Open(Action<Socket> prepare, DatagramReceived received, Action<DatagramSocket> refused)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            prepare(socket);
            DatagramSocket opened = new(socket, received, refused);
            _ = opened.ReceiveAsync();
            return opened;
        }
        catch (SocketException)
        {
            socket?.Dispose();
            return null;
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[2048];
        for (int errors = 0; errors < MostErrors;)
        {
            try
            {
                SocketReceiveFromResult result = await _socket
                    .ReceiveFromAsync(new ArraySegment<byte>(buffer), SocketFlags.None, new IPEndPoint(IPAddress.Any, 0)).ConfigureAwait(false);
                errors = 0;
                _received(buffer.AsSpan(0, result.ReceivedBytes), (IPEndPoint)result.RemoteEndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                errors++;
                _refused(this);
            }
            catch (SocketException e) when (e.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket))
            {
                errors++;
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
