using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Tests.Wire;

/// <summary>A TCP endpoint that does to its one client what a test says; real sockets, and any behaviour a broken or hostile agent may have.</summary>
internal sealed class ScriptedAgent : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    // Nothing else holds the socket of a script that waits for ever: the garbage collector would close it.
    private Socket? _client;

    /// <param name="script">Gets the accepted stream; when it returns, the connection is closed.</param>
    public ScriptedAgent(Func<NetworkStream, Task> script)
    {
        _listener.Start();
        Running = Task.Run(async () =>
        {
            _client = await _listener.AcceptSocketAsync();
            using NetworkStream stream = new(_client, ownsSocket: true);
            await script(stream);
        });
    }

    public Task Running { get; }

    public Offer Offer => new(Guid.Empty, "scripted", (IPEndPoint)_listener.LocalEndpoint, null, 1, 1, 0, 100, 0, 1000, [], new Dictionary<ulong, Holding>());

    /// <summary>An agent that behaves during the handshake.</summary>
    public static ScriptedAgent AfterHandshake(Func<FrameChannel, Task> script) => new(async stream =>
    {
        await using FrameChannel channel = new(stream, FrameDirection.ToAgent);
        await channel.ReceiveAsync();
        await channel.SendAsync(0, new Welcome(ProtocolVersion.Major, 0, false, default, Guid.Empty, "scripted"), CancellationToken.None);
        await channel.ReceiveAsync();
        await channel.SendAsync(0, new Accepted(default, ClientRole.Full, 10), CancellationToken.None);
        await script(channel);
    });

    public Offer WithCertificate(Digest certificate) => Offer with { Certificate = certificate };

    public void Dispose()
    {
        _listener.Stop();
        _client?.Dispose();
    }
}
