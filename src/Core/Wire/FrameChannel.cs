using System.Buffers;
using System.IO.Pipelines;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>
/// Frames over a byte stream, for both sides. Senders on many streams share one queue of at most <see cref="WireLimits.MaxQueued"/> bytes and wait while it is full;
/// whatever has gathered in it leaves together.
/// </summary>
public sealed class FrameChannel : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly FrameDirection _receiver;
    private readonly PipeReader _input;
    private readonly FrameSender _sender;
    private ChannelEnd? _end;
    private long _received;

    /// <param name="stream">Owned: disposed with the channel.</param>
    /// <param name="receiver">Which side this is, so that messages only this side may send are refused.</param>
    public FrameChannel(Stream stream, FrameDirection receiver)
    {
        _stream = stream;
        _receiver = receiver;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: WireLimits.MaxPayload, minimumReadSize: 4096, leaveOpen: true));
        _sender = new FrameSender(stream, End);
    }

    /// <summary>Frames received so far: a count that stands still is a silent peer.</summary>
    public long ReceivedFrames => Interlocked.Read(ref _received);

    /// <summary>Why it ended, or null while it lives.</summary>
    public ChannelEnd? Ended => Volatile.Read(ref _end);

    /// <exception cref="ChannelEndedException">The connection has ended.</exception>
    /// <exception cref="ArgumentException">The message does not fit a frame; nothing was sent.</exception>
    public async Task SendAsync(ushort stream, WireMessage message, CancellationToken cancellationToken)
    {
        if (Ended is not null || !await _sender.SendAsync(stream, message, cancellationToken).ConfigureAwait(false))
        {
            throw new ChannelEndedException(Ended ?? ChannelEnd.Aborted);
        }
    }

    /// <summary>The next message; only before <see cref="RunAsync"/>.</summary>
    /// <exception cref="ChannelEndedException">The connection has ended.</exception>
    public async Task<WireMessage> ReceiveAsync()
    {
        WireMessage? message = null;
        ChannelEnd? end = await ReadAsync(frame => (message = Decode(frame)) is null).ConfigureAwait(false);
        return message ?? throw new ChannelEndedException(end ?? ChannelEnd.Aborted);
    }

    /// <summary>The read loop: gives every frame to the handler until the connection ends, and says why it did.</summary>
    public async Task<ChannelEnd> RunAsync(IFrameHandler handler)
    {
        ChannelEnd? end = await ReadAsync(
            frame =>
            {
                Dispatch(frame, handler);
                return true;
            }).ConfigureAwait(false);
        await _input.CompleteAsync().ConfigureAwait(false);
        return end ?? ChannelEnd.Aborted;
    }

    /// <summary>Ends the connection at once; what is queued is lost.</summary>
    public void End(ChannelEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null)
        {
            _stream.Dispose();
        }
    }

    /// <summary>Lets what is queued leave, for at most a second, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync().ConfigureAwait(false);
        End(ChannelEnd.Aborted);
    }

    private async Task<ChannelEnd?> ReadAsync(Func<Frame, bool> onFrame)
    {
        try
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync().ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                bool goOn = true;
                while (goOn && FrameParser.TryRead(ref buffer, out Frame frame, out ProtocolException? broken) is not ParseOutcome.NeedMore)
                {
                    Interlocked.Increment(ref _received);
                    goOn = broken is null ? onFrame(frame) : throw broken;
                }

                _input.AdvanceTo(buffer.Start, goOn ? buffer.End : buffer.Start);
                if (!goOn)
                {
                    return null;
                }

                if (result.IsCompleted)
                {
                    return EndWith(buffer.IsEmpty ? ChannelEnd.Closed : ChannelEnd.CutOff);
                }
            }
        }
        catch (Exception e) when (ChannelEnd.From(e) is not null)
        {
            return EndWith(ChannelEnd.From(e)!);
        }
    }

    private void Dispatch(in Frame frame, IFrameHandler handler)
    {
        if (frame.Header.Type == FrameType.Chunk && !frame.Payload.IsEmpty)
        {
            handler.OnChunk(frame.Header.Stream, frame.Payload);
            return;
        }

        handler.OnMessage(frame.Header.Stream, Decode(frame));
    }

    private WireMessage Decode(in Frame frame) =>
        !FrameCatalogue.MayReceive(_receiver, frame.Header.Type) ? throw ProtocolException.WrongDirection(frame.Header.Type)
        : MessageCodec.Read(frame) ?? throw ProtocolException.BadPayload(frame.Header.Type);

    private ChannelEnd EndWith(ChannelEnd end)
    {
        End(end);
        return Ended!;
    }
}
