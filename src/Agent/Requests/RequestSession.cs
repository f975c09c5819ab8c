using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>The open streams of one client. Every stream that was opened ends with exactly one last message, or with the connection.</summary>
internal sealed class RequestSession(RequestServices services, FrameChannel channel, string client, ClientRole role) : IFrameHandler, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, OpenStream> _open = [];
    private readonly CancellationTokenSource _gone = new();

    public RequestServices Services { get; } = services;

    public FrameChannel Channel { get; } = channel;

    /// <summary>Name and address: what slots are shared fairly between.</summary>
    public string Client { get; } = client;

    /// <summary>Held while a result is in memory on its way out.</summary>
    public SemaphoreSlim ContentTurn { get; } = new(services.Limits.ContentsAtOnce);

    public int OpenStreams
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public void OnMessage(ushort stream, WireMessage message)
    {
        switch (message)
        {
            case { Type: FrameType.Alive } when stream == 0:
                break;
            case var _ when stream == 0:
                throw ProtocolException.Unexpected(message.Type, "after the handshake");
            case Fetch fetch:
                Open(stream, new FetchRequest(this, stream, fetch));
                break;
            case { Type: FrameType.Lease or FrameType.Claim or FrameType.Keep } when role != ClientRole.Full:
                Open(stream, new ForbiddenRequest(this, stream));
                break;
            case Lease lease:
                Open(stream, new CompileRequest(this, stream, lease));
                break;
            case Claim claim:
                Open(stream, new ClaimRequest(this, stream, claim));
                break;
            case Keep keep:
                Open(stream, new KeepRequest(this, stream, keep));
                break;
            case { Type: FrameType.Status }:
                Open(stream, new StatusRequest(this, stream));
                break;
            case { Type: FrameType.Cancel }:
                Find(stream)?.Cancel();
                break;
            case { Type: FrameType.Release or FrameType.Compile or FrameType.End or FrameType.Settle }:
                Find(stream)?.Request.OnMessage(message);
                break;
            default:
                throw ProtocolException.Unexpected(message.Type, "after the handshake");
        }
    }

    public void OnChunk(ushort stream, ReadOnlySequence<byte> data) => Find(stream)?.Request.OnChunk(data);

    /// <summary>The client has given no sign of life for so long.</summary>
    public void OnSilence(TimeSpan silence)
    {
        lock (_gate)
        {
            foreach (OpenStream open in _open.Values)
            {
                open.Request.OnSilence(silence);
            }
        }
    }

    /// <summary>Waits for the compiles whose client waits for them.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_open.Values.Where(open => open.Request is CompileRequest).Select(open => open.Running));
        }
    }

    /// <summary>The client is gone: cancels everything it asked for and returns when all of it has ended.</summary>
    public async Task CancelAllAsync()
    {
        await _gone.CancelAsync();
        Task[] running;
        lock (_gate)
        {
            running = [.. _open.Values.Select(open => open.Running)];
        }

        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        _gone.Dispose();
        ContentTurn.Dispose();
    }

    private void Open(ushort stream, ServerRequest request)
    {
        lock (_gate)
        {
            if (_open.Count >= Services.Limits.Streams)
            {
                throw ProtocolException.TooManyStreams(Services.Limits.Streams);
            }

            OpenStream open = new(request, CancellationTokenSource.CreateLinkedTokenSource(_gone.Token));
            if (!_open.TryAdd(stream, open))
            {
                open.Cancellation.Dispose();
                throw ProtocolException.StreamInUse(stream);
            }

            open.Running = Task.Run(() => RunAsync(stream, open));
        }
    }

    // What comes for a stream that has ended crossed its last message on the way; that is nobody's fault.
    private OpenStream? Find(ushort stream)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(stream);
        }
    }

    private async Task RunAsync(ushort stream, OpenStream open)
    {
        WireMessage last = await LastMessageAsync(open);
        lock (_gate)
        {
            // Before the client can know, and use the number again.
            _open.Remove(stream);
        }

        open.Close();
        try
        {
            await Channel.SendAsync(stream, last, _gone.Token);
        }
        catch (Exception e) when (e is ChannelEndedException or OperationCanceledException)
        {
            // Nobody is there to hear it.
        }
    }

    private async Task<WireMessage> LastMessageAsync(OpenStream open)
    {
        try
        {
            return await open.Request.HandleAsync(open.Cancellation.Token);
        }
        catch (OperationCanceledException) when (open.Cancellation.IsCancellationRequested)
        {
            return Signal.Cancelled;
        }
        catch (ChannelEndedException)
        {
            return Signal.Cancelled;
        }
        catch (ProtocolException e)
        {
            Channel.End(ChannelEnd.From(e)!);
            return Signal.Cancelled;
        }
#pragma warning disable CA1031 // One request must not take the agent, or the client's other requests, with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            RequestLog.Failed(Services.Logger, Client, open.Request.GetType().Name, e);
            return Declined.Because(DeclineReason.Failed, "the agent failed: " + e.Message);
        }
    }

    private sealed class OpenStream(ServerRequest request, CancellationTokenSource cancellation)
    {
        private readonly Lock _gate = new();
        private bool _isClosed;

        public ServerRequest Request { get; } = request;

        public CancellationTokenSource Cancellation { get; } = cancellation;

        public Task Running { get; set; } = Task.CompletedTask;

        public void Cancel()
        {
            lock (_gate)
            {
                if (!_isClosed)
                {
                    _ = Cancellation.CancelAsync();
                }
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                _isClosed = true;
                Cancellation.Dispose();
            }
        }
    }
}
