using System.Net;
using DistBuild.Core.Compatibility;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Discovery;

/// <summary>
/// Sends the datagrams of one question after the other and tells each round what came back. Everything behind one lock: datagrams are few and short.
/// </summary>
internal sealed class QuestionExchange : IDisposable
{
    private readonly ClusterKey? _key;
    private readonly int? _shoutPort;
    private readonly TimeProvider _time;
    private readonly FinderTimings _timings;
    private readonly object _gate = new();
    private readonly PendingQuestions _pending;
    private readonly Neighbours _neighbours;
    private readonly Lazy<DatagramSocket?> _socket;
    private readonly Lazy<LocalNetwork> _network = new(LocalNetwork.Read);
    private readonly AnnouncedAgents _announced = new();
    private IReadOnlyList<byte[]> _shouted = [];
    private bool _lanIsSilent;
    private long _clockOffset, _ignored;

    /// <param name="shoutPort">The port of agents asked by broadcast, or null for none.</param>
    /// <param name="agentPort">The port before those where answers arrive.</param>
    /// <param name="remembered">Of the LAN, from earlier builds.</param>
    public QuestionExchange(ClusterKey? key, int? shoutPort, int agentPort, TimeProvider time, FinderTimings timings, IReadOnlyCollection<KnownAgent> remembered)
    {
        (_key, _shoutPort, _time, _timings) = (key, shoutPort, time, timings);
        _neighbours = new Neighbours(remembered, time);
        _pending = new PendingQuestions(time);
        _socket = new(() => DatagramSocket.Bind(DiscoveryPorts.AnswersTo(agentPort), OnReceived));
    }

    /// <summary>Whether anybody ever answered, in time or late.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Told of offers that come after their question is over; from a lock, so it must not wait.</summary>
    public Action<Offer>? HeardLate { get; set; }

    /// <summary>The agents of the LAN that this client knows.</summary>
    public IReadOnlyCollection<KnownAgent> KnownAgents
    {
        get
        {
            lock (_gate)
            {
                return _neighbours.All;
            }
        }
    }

    public long IgnoredDatagrams => Interlocked.Read(ref _ignored);

    /// <summary>A socket for an address of this machine, whose answers come here.</summary>
    public DatagramSocket? Connect(IPEndPoint peer) => DatagramSocket.Connect(peer, OnReceived, OnRefused);

    /// <param name="direct">What is asked by address.</param>
    /// <param name="parts">What is shouted, where shouting is on; none asks nobody else.</param>
    public async Task<IReadOnlyList<Offer>> AskAsync(
        IReadOnlyList<(Destination To, WhoHas Part)> direct, IReadOnlyList<WhoHas> parts, CancellationToken cancellationToken)
    {
        bool isShout = parts.Count > 0;
        QuestionRound round;
        List<Asked> asked;
        lock (_gate)
        {
            _pending.NextRound();
            TimeSpan patience = direct.Where(one => !one.To.IsSilent).Select(one => one.To.Patience(_timings)).DefaultIfEmpty().Max();
            round = new QuestionRound(_time, new AnswerWindow(_timings, patience, listening: isShout && _shoutPort is not null && !_lanIsSilent, _neighbours.Awaited));
            asked = [.. direct.Select(one => new Asked(round, one.Part, one.To))];
            asked.Where(one => !one.To!.IsSilent).ToList().ForEach(round.Await);
            asked.ForEach(Send);
            Shout(round, parts);
        }

        _ = RetransmitAsync(round, asked, cancellationToken);
        await round.WaitAsync(_gate, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            round.IsOver = true;
            asked.Where(one => !one.IsDone).ToList().ForEach(one => one.To!.IsSilent = true);
            if (isShout)
            {
                _neighbours.Missed(round.Missing);
                _lanIsSilent = _neighbours.Awaited.Count == 0 && !round.ShoutWasAnswered;
            }

            return round.Offers;
        }
    }

    public void Dispose()
    {
        _pending.Dispose();
        if (_socket.IsValueCreated)
        {
            _socket.Value?.Dispose();
        }
    }

    private async Task RetransmitAsync(QuestionRound round, List<Asked> asked, CancellationToken cancellationToken)
    {
        try
        {
            await _time.DelayAsync(_timings.Retransmit, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            round.WokeUp(_timings.Retransmit);
            asked.Where(one => !one.IsDone && !one.To!.IsSilent).ToList().ForEach(Send);
        }
    }

    private void Send(Asked asked)
    {
        Destination to = asked.To!;
        byte[] datagram = Datagram(asked);
        bool sent = to.Socket is not null ? to.Socket.Send(datagram, null) : _socket.Value is { } socket && socket.Send(datagram, to.EndPoint);
        if (!sent)
        {
            asked.Round.Done(asked);
        }
    }

    private void Shout(QuestionRound round, IReadOnlyList<WhoHas> parts)
    {
        if (_shoutPort is not { } port || _socket.Value is not { } socket)
        {
            return;
        }

        // The same nonce for every interface: an agent that hears it twice answers once.
        _shouted = [.. parts.Select(part => Datagram(new Asked(round, part, to: null)))];
        IReadOnlyList<IPEndPoint> known = [.. _neighbours.ToAsk().Concat(_announced.EndPoints).Distinct()];
        foreach (byte[] datagram in _shouted)
        {
            foreach (IPAddress everybody in _network.Value.Broadcast)
            {
                socket.Send(datagram, new IPEndPoint(everybody, port));
            }

            SendToGroup(socket, datagram, new IPEndPoint(DiscoveryPorts.Group, port));
            foreach (IPEndPoint agent in known)
            {
                socket.Send(datagram, agent);
            }
        }

        if (_announced.IsToBeAsked())
        {
            SendToGroup(socket, Zeroconf.Question, new IPEndPoint(Zeroconf.Group, Zeroconf.Port));
        }
    }

    private void SendToGroup(DatagramSocket socket, byte[] datagram, IPEndPoint group)
    {
        foreach (IPAddress own in _network.Value.Own)
        {
            socket.SendThrough(own, datagram, group);
        }
    }

    /// <summary>Asks those whom an answer of multicast DNS names and whom no shout reaches, because they listen at another port.</summary>
    private bool TryLearn(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (_shoutPort is not { } port || _socket.Value is not { } socket)
        {
            return false;
        }

        IReadOnlyList<IPEndPoint> found = _announced.Learn(Zeroconf.Agents(datagram, from), port);
        foreach (IPEndPoint agent in found)
        {
            foreach (byte[] question in _shouted)
            {
                socket.Send(question, agent);
            }
        }

        return found.Count > 0;
    }

    private byte[] Datagram(Asked asked) => (asked.Content with
    {
        Nonce = _pending.Add(asked),
        Time = _time.GetUtcNow().ToUnixTimeMilliseconds() + _clockOffset,
    }).ToBytes(_key);

    private void OnRefused(DatagramSocket socket)
    {
        lock (_gate)
        {
            foreach (Asked asked in _pending.Through(socket))
            {
                asked.Round.Done(asked);
            }
        }
    }

    private void OnReceived(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        lock (_gate)
        {
            if (!(from.Port == Zeroconf.Port ? TryLearn(datagram, from) : TryAccept(datagram, from)))
            {
                _ignored++;
            }
        }
    }

    private bool TryAccept(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if ((_key is null && !IPAddress.IsLoopback(from.Address))
            || !DatagramSeal.TryOpen(datagram, _key, out DatagramHeader header, out ReadOnlySpan<byte> body)
            || _pending.Find(header.Nonce) is not { } asked)
        {
            return false;
        }

        if (ClockAnswer.Read(header, body) is { } clock)
        {
            return TryRepeat(asked, clock, from);
        }

        if (OfferAnswer.Read(header, body) is not { } answer || answer.Holdings.Count != asked.Content.Fingerprints.Count)
        {
            return false;
        }

        Accept(asked, answer.ToOffer(asked.Content, from.Address), from.Address);
        return true;
    }

    private void Accept(Asked asked, Offer offer, IPAddress from)
    {
        HasHeard = true;

        // An agent of this machine hears our shout too; it says nothing about the LAN.
        bool isShout = asked.To is null, isNeighbour = isShout && !_network.Value.Own.Contains(from);
        if (isNeighbour)
        {
            _neighbours.Answered(offer);
            _lanIsSilent = false;
        }

        asked.Round.Add(offer, isNeighbour);
        asked.To?.Answered(asked.Round.Elapsed);
        asked.Round.Done(asked);
        if (asked.Round.IsOver)
        {
            HeardLate?.Invoke(offer);
        }
    }

    private bool TryRepeat(Asked asked, ClockAnswer clock, IPEndPoint from)
    {
        if (!asked.Round.MayRepeat())
        {
            return false;
        }

        // Ours is the odd clock more often than not: later questions use the agents' from the start.
        _clockOffset = clock.Time - _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (asked.To is not null)
        {
            Send(asked);
        }
        else
        {
            _socket.Value?.Send(Datagram(asked), from);
        }

        return true;
    }
}
