using DistBuild.Core.Compatibility;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>
/// One multiplexed connection to an agent. Many requests run at once, each on a stream of its own. Whatever breaks (refused, reset, silent, speaking
/// nonsense) ends every pending request with <see cref="AgentLostException"/>; the caller tries another agent, then this machine.
/// </summary>
public sealed class AgentConnection : IAsyncDisposable
{
    private readonly FrameChannel _channel;
    private readonly bool _mayFill;
    private readonly ClientStreams _streams;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _running, _watching;

    private AgentConnection(Offer offer, FrameChannel channel, Accepted terms, ConnectionTimings timings)
    {
        (Offer, _channel, _mayFill) = (offer, channel, terms.Role == ClientRole.Full);
        _streams = new ClientStreams(Math.Max((ushort)1, terms.Streams));
        _running = Task.Run(RunAsync);
        _watching = WatchAsync(timings);
    }

    public Offer Offer { get; }

    /// <summary>Why it cannot be used any more, or null while it can.</summary>
    public string? Lost => _channel.Ended?.Text;

    /// <exception cref="AgentLostException">Unreachable, wrong certificate, wrong cluster key or another protocol version.</exception>
    public static Task<AgentConnection> ConnectAsync(Offer offer, BuildOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(offer, new ConnectionTimings(), options, cancellationToken);

    internal static Task<AgentConnection> ConnectAsync(Offer offer, ConnectionTimings timings, BuildOptions options, CancellationToken cancellationToken)
    {
        try
        {
            ClusterKey? key = options.ClusterKeyFile is { Length: > 0 } file ? ClusterKey.Load(file) : null;
            return ConnectAsync(offer, ClientName.Of(options.Store), key, timings, cancellationToken);
        }
        catch (ClusterKeyException e)
        {
            throw AgentLostException.Because(offer, e.Message, e);
        }
    }

    internal static Task<AgentConnection> ConnectAsync(Offer offer, ClusterKey? key, ConnectionTimings timings, CancellationToken cancellationToken) =>
        ConnectAsync(offer, Clamp.Name(Environment.MachineName), key, timings, cancellationToken);

    /// <param name="client">How this side names itself.</param>
    private static async Task<AgentConnection> ConnectAsync(Offer offer, string client, ClusterKey? key, ConnectionTimings timings, CancellationToken cancellationToken)
    {
        Stream plain = await AgentDialer.DialAsync(offer, key, timings, cancellationToken).ConfigureAwait(false);
        long connected = timings.Time.GetTimestamp();
        FrameChannel channel = new(await AgentDialer.SecureAsync(plain, offer, timings, cancellationToken).ConfigureAwait(false), FrameDirection.ToClient);
        try
        {
            TimeSpan left = timings.Handshake - timings.Time.GetElapsedTime(connected);
            Accepted terms = await ClientHandshake.RunAsync(channel, offer, client, key, timings, left, cancellationToken).ConfigureAwait(false);
            return new AgentConnection(offer, channel, terms, timings);
        }
        catch
        {
            channel.End(ChannelEnd.Aborted);
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The agent's result for a key with its digest checked, or null when it no longer has it.</summary>
    /// <param name="wait">If the agent is compiling it now, wait for that result.</param>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<CompiledResult?> FetchAsync(Digest key, bool wait, CancellationToken cancellationToken)
    {
        StreamAnswer answer = await AskAsync(new Fetch(key, wait), cancellationToken).ConfigureAwait(false);
        return answer.Message switch
        {
            Found found => Check(found.Content, answer.Content!, mayBeEmpty: false),
            { Type: FrameType.Missing } or Declined => null,
            _ => throw Break(answer.Message!),
        };
    }

    /// <summary>Waits in the agent's queue until it grants a compile slot for this toolchain; null when it declines.</summary>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<SlotLease?> LeaseAsync(Digest toolchain, CancellationToken cancellationToken)
    {
        if (!_mayFill)
        {
            return null;
        }

        ClientStream stream = await _streams.OpenAsync(cancellationToken).ConfigureAwait(false);
        Task sending = SendAsync(stream, new Lease(toolchain));
        if (await WaitAsync(stream, stream.Granted, sending, cancellationToken).ConfigureAwait(false))
        {
            return new SlotLease(this, stream);
        }

        StreamAnswer answer = await stream.Answer.ConfigureAwait(false);
        return answer.Lost is { } lost ? throw AgentLostException.Because(Offer, lost.Text) : answer.Message is Declined ? null : throw Break(answer.Message!);
    }

    /// <summary>Asks a key's home agent for the claim to compile it; answers at once, although what comes of somebody else's claim takes its time.</summary>
    /// <param name="retry">The agent named before does not have it.</param>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<ClaimAnswer> ClaimAsync(Digest key, bool retry, CancellationToken cancellationToken)
    {
        if (!_mayFill)
        {
            return new ClaimAnswer.Unclaimed();
        }

        ClientStream stream = await _streams.OpenAsync(cancellationToken).ConfigureAwait(false);
        Task sending = SendAsync(stream, new Claim(key, retry));
        return await WaitAsync(stream, stream.Taken, sending, cancellationToken).ConfigureAwait(false)
            ? new ClaimAnswer.Taken(OutcomeAsync)
            : await OutcomeAsync(cancellationToken).ConfigureAwait(false);

        async Task<ClaimAnswer> OutcomeAsync(CancellationToken patience)
        {
            if (await WaitAsync(stream, stream.Granted, sending, patience).ConfigureAwait(false))
            {
                return new ClaimAnswer.Mine(new KeyClaim(this, stream));
            }

            StreamAnswer answer = await stream.Answer.ConfigureAwait(false);
            return answer switch
            {
                { Lost: { } lost } => throw AgentLostException.Because(Offer, lost.Text),
                { Message: Found found } => new ClaimAnswer.Made(Check(found.Content, answer.Content!, mayBeEmpty: false)),
                { Message: Declined } => new ClaimAnswer.Unclaimed(),
                { Message: Elsewhere elsewhere } => new ClaimAnswer.Elsewhere(elsewhere.Agent),
                _ => throw Break(answer.Message!),
            };
        }
    }

    /// <summary>Offers the agent a result or a manifest; false when it does not want to keep it.</summary>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<bool> KeepAsync(Digest key, KeepKind kind, CompiledResult content, CancellationToken cancellationToken)
    {
        if (!_mayFill || ResultContent.Describe(content) is not { } header)
        {
            return false;
        }

        ClientStream stream = await _streams.OpenAsync(cancellationToken).ConfigureAwait(false);
        Task sending = SendAsync(stream, new Keep(key, kind, header));
        if (await WaitAsync(stream, stream.Granted, sending, cancellationToken).ConfigureAwait(false))
        {
            sending = SendContentAsync(stream, content);
        }

        StreamAnswer answer = await WaitAsync(stream, stream.Answer, sending, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Lost: { } lost } => throw AgentLostException.Because(Offer, lost.Text),
            { Message: Declined } => false,
            { Message.Type: FrameType.Kept } => true,
            _ => throw Break(answer.Message!),
        };
    }

    /// <summary>What the agent is doing now.</summary>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken)
    {
        StreamAnswer answer = await AskAsync(Signal.Status, cancellationToken).ConfigureAwait(false);
        return answer.Message as StatusReport ?? throw Break(answer.Message!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        _disposed.Cancel();
        await _channel.DisposeAsync().ConfigureAwait(false);
        _streams.Dispose();
        await Task.WhenAny(Task.WhenAll(_running, _watching), Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
        _disposed.Dispose();
    }

    /// <summary>Sends a frame of a stream; a connection that has ended shows in the stream's answer, not here.</summary>
    internal async Task SendAsync(ClientStream stream, WireMessage message)
    {
        try
        {
            await _channel.SendAsync(stream.Id, message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChannelEndedException e)
        {
            _streams.LoseAll(e.End);
        }
    }

    /// <summary>Waits for something of a stream; gives the stream up when cancelled.</summary>
    /// <param name="sending">What was sent on it last; the agent hears of the end only after that.</param>
    internal async Task<T> WaitAsync<T>(ClientStream stream, Task<T> task, Task sending, CancellationToken cancellationToken)
    {
        try
        {
            return await task.OrCancelledAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(stream, sending, Signal.Cancel);
            throw;
        }
    }

    /// <summary>Tells the agent, without waiting for it, that nobody waits for this stream any more.</summary>
    internal void GiveUp(ClientStream stream, Task sending, Signal farewell)
    {
        stream.Abandon();
        _ = SayAsync();

        async Task SayAsync()
        {
            await sending.ConfigureAwait(false);
            if (!stream.Answer.IsCompleted)
            {
                await SendAsync(stream, farewell).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The result that arrived; an agent whose result is not what it announced is not used any more.</summary>
    internal CompiledResult Check(ContentHeader header, byte[] content, bool mayBeEmpty) =>
        (mayBeEmpty || header.Object > 0) && ResultContent.Read(header, content) is { } result ? result : throw Break("sent a damaged result");

    /// <summary>Ends the connection with an agent that does not keep to the protocol.</summary>
    internal AgentLostException Break(WireMessage unexpected) => Break($"answered with {unexpected.Type}");

    private AgentLostException Break(string what)
    {
        ChannelEnd end = new(ChannelEndKind.Broken, what);
        _channel.End(end);
        _streams.LoseAll(end);
        return AgentLostException.Because(Offer, what);
    }

    private async Task SendContentAsync(ClientStream stream, CompiledResult content)
    {
        try
        {
            await ResultContent.SendAsync(_channel, stream.Id, content, CancellationToken.None).ConfigureAwait(false);
            await SendAsync(stream, Signal.End).ConfigureAwait(false);
        }
        catch (ChannelEndedException e)
        {
            _streams.LoseAll(e.End);
        }
    }

    private async Task<StreamAnswer> AskAsync(WireMessage request, CancellationToken cancellationToken)
    {
        ClientStream stream = await _streams.OpenAsync(cancellationToken).ConfigureAwait(false);
        Task sending = SendAsync(stream, request);
        StreamAnswer answer = await WaitAsync(stream, stream.Answer, sending, cancellationToken).ConfigureAwait(false);
        return answer.Lost is { } lost ? throw AgentLostException.Because(Offer, lost.Text) : answer;
    }

    private async Task RunAsync()
    {
        ChannelEnd end = await _channel.RunAsync(_streams).ConfigureAwait(false);
        _streams.LoseAll(end);
    }

    private async Task WatchAsync(ConnectionTimings timings)
    {
        int signs = 0;
        await ChannelWatch.RunAsync(
            _channel,
            timings.Watch,
            timings.Time,
            listens: () => _streams.Pending > 0,
            speaks: () => ++signs % timings.IdleSigns == 0 || _streams.Pending > 0,
            quiet: null,
            _disposed.Token).ConfigureAwait(false);
        _streams.LoseAll(_channel.Ended ?? ChannelEnd.Aborted);
    }
}
