using System.Net;
using System.Net.Sockets;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>
/// Answers questions on UDP and serves on TCP at 127.0.0.1, but only nonsense. Its answers can be those of a real agent on another loopback
/// address, with that address changed: the offer is then good, and leads to the nonsense here, at the same port.
/// </summary>
internal sealed class GarbageAgent : IDisposable
{
    private static readonly byte[] Nonsense = [.. Enumerable.Range(0, 4096).Select(i => (byte)((i * 167) ^ (i >> 3)))];

    private readonly Socket _questions = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _server;
    private readonly IPEndPoint? _honest;
    private readonly CancellationTokenSource _end = new();
    private int _asked;
    private int _connected;

    /// <param name="offersOf">Where a real agent listens, as <c>IP:PORT</c>; null to answer with nonsense.</param>
    public GarbageAgent(string? offersOf = null)
    {
        _honest = offersOf is null ? null : IPEndPoint.Parse(offersOf);
        _questions.Bind(new IPEndPoint(IPAddress.Loopback, _honest?.Port ?? 0));
        int port = ((IPEndPoint)_questions.LocalEndPoint!).Port;
        _server = new TcpListener(IPAddress.Loopback, port);
        _server.Start();
        Address = $"127.0.0.1:{port}";
        _ = AnswerAsync();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Datagrams that arrived.</summary>
    public int Questions => Volatile.Read(ref _asked);

    /// <summary>Connections that were made.</summary>
    public int Connections => Volatile.Read(ref _connected);

    public void Dispose()
    {
        _end.Cancel();
        _questions.Dispose();
        _server.Dispose();
    }

    private async Task AnswerAsync()
    {
        byte[] buffer = new byte[65536];
        while (!_end.IsCancellationRequested)
        {
            SocketReceiveFromResult question = await _questions.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _end.Token);
            Interlocked.Increment(ref _asked);
            ReadOnlyMemory<byte> answer = _honest is null ? Nonsense.AsMemory(0, question.ReceivedBytes) : await AskAsync(buffer.AsMemory(0, question.ReceivedBytes), _honest);
            await _questions.SendToAsync(answer, question.RemoteEndPoint, _end.Token);
        }
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> question, IPEndPoint honest)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.SendToAsync(question, honest, _end.Token);
        byte[] buffer = new byte[65536];
        SocketReceiveFromResult answer = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _end.Token);
        int address = buffer.AsSpan(0, answer.ReceivedBytes).IndexOf(honest.Address.GetAddressBytes());
        Assert.IsGreaterThan(0, address, "without a cluster key an offer is plain, and says where its agent listens");
        IPAddress.Loopback.GetAddressBytes().CopyTo(buffer, address);
        return buffer.AsMemory(0, answer.ReceivedBytes);
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            using TcpClient client = await _server.AcceptTcpClientAsync(_end.Token);
            Interlocked.Increment(ref _connected);
            await client.GetStream().WriteAsync(Nonsense, _end.Token);
        }
    }
}
