using System.Net;
using System.Net.Sockets;

namespace DistBuild.Core.Tests.Wire;

/// <summary>Two ends of a real TCP connection over loopback.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(NetworkStream near, NetworkStream far) => (Near, Far) = (near, far);

    public NetworkStream Near { get; }

    public NetworkStream Far { get; }

    public static async Task<SocketPair> OpenAsync()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Socket near = new(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndpoint);
        return new SocketPair(new NetworkStream(near, ownsSocket: true), new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
