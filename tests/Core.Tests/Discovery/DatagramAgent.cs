using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Tests.Discovery;

/// <summary>A UDP endpoint on loopback that answers questions as a test says, with any number of datagrams.</summary>
internal sealed class DatagramAgent : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ClusterKey? _key;
    private readonly Func<DatagramAgent, WhoHas, IEnumerable<byte[]>> _answers;

    public DatagramAgent(Func<DatagramAgent, WhoHas, IEnumerable<byte[]>> answers, ClusterKey? key = null)
    {
        (_answers, _key) = (answers, key);
        _ = RunAsync();
    }

    public List<WhoHas> Questions { get; } = [];

    public Guid Id { get; } = Guid.NewGuid();

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>An agent that has everything.</summary>
    public static DatagramAgent Good(ClusterKey? key = null) => new((agent, question) => [agent.OfferFor(question).ToBytes(key)], key);

    public OfferAnswer OfferFor(WhoHas question) => new(
        question.Nonce, question.Time, Id, IPAddress.Any, Port, Certificate, 4, 4, 0, 100, 0, 1000, ushort.MaxValue, [.. question.Fingerprints.Select(_ => Holding.Object)], "agent");

    public void Dispose() => _socket.Dispose();

    private Core.Hashing.Digest Certificate => _key is null ? default : Core.Hashing.Digest.Of("certificate"u8);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult received = await _socket.ReceiveAsync();
                if (DatagramSeal.TryOpen(received.Buffer, _key, out DatagramHeader header, out ReadOnlySpan<byte> body) && WhoHas.Read(header, body) is { } question)
                {
                    byte[][] answers;
                    lock (Questions)
                    {
                        Questions.Add(question);
                        answers = [.. _answers(this, question)];
                    }

                    foreach (byte[] answer in answers)
                    {
                        await _socket.SendAsync(answer, received.RemoteEndPoint);
                    }
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }
}
