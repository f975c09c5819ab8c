using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Core.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>Answers questions on the UDP port: each once, none with more bytes than it has, and none from a stranger.</summary>
internal sealed class QuestionResponder(Socket socket, ClusterKey? key, AnswerFactory answers, ReplayGuard guard, ServerCounters counters, ILogger logger)
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

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
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes), from.Address) is not { } answer)
                {
                    counters.DatagramIgnored();
                }
                else
                {
                    counters.QuestionAnswered();
                    await socket.SendToAsync(answer, SocketFlags.None, from, cancellationToken);
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize)
            {
                // A client that went away, or a datagram too long: the next one counts.
                counters.DatagramIgnored();
            }
            catch (SocketException e) when (!cancellationToken.IsCancellationRequested)
            {
                ConnectionLog.DatagramError(logger, e.SocketErrorCode);
                await Task.WhenAny(Task.Delay(PauseAfterError, cancellationToken));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    /// <summary>The answer to a datagram, or null when it deserves none.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> datagram, IPAddress from)
    {
        if (key is null && !IPAddress.IsLoopback(from))
        {
            return null;
        }

        // Answered with the key it was asked with: who only reads knows no other.
        ClusterKey? theirs = key;
        if ((!DatagramSeal.TryOpen(datagram, theirs, out DatagramHeader header, out ReadOnlySpan<byte> body)
                && !((theirs = key?.ReadOnly) is not null && DatagramSeal.TryOpen(datagram, theirs, out header, out body)))
            || WhoHas.Read(header, body) is not { } question)
        {
            return null;
        }

        ReplayVerdict verdict = guard.Check(question.Nonce, question.Time);
        return verdict.RightTime is { } time ? new ClockAnswer(question.Nonce, time).ToBytes(theirs)
            : verdict.IsFresh ? answers.Answer(question, theirs?.Role ?? ClientRole.Full).ToBytes(theirs)
            : null;
    }
}
