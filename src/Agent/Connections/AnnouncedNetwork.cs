using System.Net;
using DistBuild.Agent.Announcing;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Connections;

/// <summary>One network on which an agent is announced: hears what is asked there and answers.</summary>
internal sealed class AnnouncedNetwork : IAsyncDisposable
{
    // RFC 6762 (6): before an answer that others may give too.
    private const int ShortestWait = 20, LongestWait = 120;

    private readonly MulticastSocket _socket;
    private readonly TimeProvider _time;
    private readonly MulticastPace _pace;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _listening;

    /// <param name="hear">Told of every message; what it returns is answered for, null is not.</param>
    public AnnouncedNetwork(MulticastSocket socket, int port, TimeProvider time, Func<DnsMessage, AnnouncedService?> hear)
    {
        (_socket, _time, _pace) = (socket, time, new MulticastPace(time));
        _listening = Task.Run(() => ListenAsync(port, hear));
    }

    public IPAddress Own => _socket.Own;

    public void Say(DnsMessage message) => _socket.Send(message);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _socket.Dispose();
        await _listening;
        _closed.Dispose();
    }

    private async Task ListenAsync(int port, Func<DnsMessage, AnnouncedService?> hear)
    {
        while (await _socket.ReceiveAsync(_closed.Token) is { } received)
        {
            if (hear(received.Message) is { } service && QueryAnswer.To(received.Message, service, Own, isLegacy: received.From.Port != port) is { } answer)
            {
                Answer(answer, received.From);
            }
        }
    }

    private void Answer(QueryAnswer answer, IPEndPoint from)
    {
        if (answer.IsForAsker)
        {
            _socket.Send(answer.Message, from);
        }
        else if (_pace.Limit(answer.Message) is { } message)
        {
            _ = SayLaterAsync(message, answer.IsShared ? TimeSpan.FromMilliseconds(Random.Shared.Next(ShortestWait, LongestWait)) : TimeSpan.Zero);
        }
    }

    private async Task SayLaterAsync(DnsMessage message, TimeSpan wait)
    {
        await Task.Delay(wait, _time);
        Say(message);
    }
}
