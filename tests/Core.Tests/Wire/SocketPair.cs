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
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndPoint!);
        return new SocketPair(new NetworkStream(near, ownsSocket: true), new NetworkStream(await listener.AcceptAsync(), ownsSocket: true));
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
