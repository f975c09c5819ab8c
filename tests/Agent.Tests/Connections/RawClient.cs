using System.Net.Sockets;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Connections;

/// <summary>A client that sends what a test says, in any order, over a plain connection.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private RawClient(Socket socket)
    {
        Socket = socket;
        Channel = new FrameChannel(new NetworkStream(socket, ownsSocket: true), FrameDirection.ToClient);
    }

    public Socket Socket { get; }

    public FrameChannel Channel { get; }

    public static async Task<RawClient> ConnectAsync(TestAgent agent)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(agent.Server.EndPoint);
        return new RawClient(socket);
    }

    public static async Task<RawClient> AcceptedAsync(TestAgent agent)
    {
        RawClient client = await ConnectAsync(agent);
        await client.SendAsync(0, new Hello(ProtocolVersion.Major, 0, ConnectionProof.NewNonce(), "raw"));
        Assert.IsInstanceOfType<Welcome>(await client.Channel.ReceiveAsync());
        await client.SendAsync(0, new Proof(default));
        Assert.IsInstanceOfType<Accepted>(await client.Channel.ReceiveAsync());
        return client;
    }

    public Task SendAsync(ushort stream, WireMessage message) => Channel.SendAsync(stream, message, CancellationToken.None);

    /// <summary>The next message that is no sign of life.</summary>
    public async Task<WireMessage> ReceiveAsync()
    {
        WireMessage message;
        do
        {
            message = await Channel.ReceiveAsync();
        }
        while (message.Type == FrameType.Alive);

        return message;
    }

    /// <summary>Why the agent ended the connection.</summary>
    public async Task<ChannelEnd> EndAsync()
    {
        ChannelEndedException e = await Assert.ThrowsAsync<ChannelEndedException>(async () =>
        {
            while (true)
            {
                await Channel.ReceiveAsync();
            }
        });
        return e.End;
    }

    public ValueTask DisposeAsync() => Channel.DisposeAsync();
}
