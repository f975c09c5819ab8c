using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>Answers questions on the UDP port: each once, none with more bytes than it has, and none from a stranger.</summary>
internal sealed class QuestionResponder(Socket socket, ClusterKey? key, AnswerFactory answers, ReplayGuard guard, ServerCounters counters, ILogger logger)
{
    /// <summary>Returns when the socket is closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[2048];
        EndPoint any = new IPEndPoint(IPAddress.Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken);
                IPEndPoint from = (IPEndPoint)received.RemoteEndPoint;
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes), from.Address) is { } answer)
                {
                    await socket.SendToAsync(answer, SocketFlags.None, from, cancellationToken);
                }
            }
            catch (SocketException e)
            {
                // A client that went away, a full send buffer, a datagram too long: the next one counts.
                ConnectionLog.DatagramError(logger, e.SocketErrorCode);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    internal byte[]? Answer(ReadOnlySpan<byte> datagram, IPAddress from)
    {
        if ((key is null && !IPAddress.IsLoopback(from))
            || !DatagramSeal.TryOpen(datagram, key, out DatagramHeader header, out ReadOnlySpan<byte> body)
            || WhoHas.Read(header, body) is not { } question)
        {
            counters.DatagramIgnored();
            return null;
        }

        ReplayVerdict verdict = guard.Check(question.Nonce, question.Time);
        if (verdict.RightTime is { } time)
        {
            return new ClockAnswer(question.Nonce, time).ToBytes(key);
        }

        if (!verdict.IsFresh)
        {
            counters.DatagramIgnored();
            return null;
        }

        counters.QuestionAnswered();
        return answers.Answer(question).ToBytes(key);
    }
}
