using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>The sending half of a <see cref="FrameChannel"/>: a bounded queue of whole frames and the loop that empties it into the stream.</summary>
internal sealed class FrameSender : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly Action<ChannelEnd> _onError;
    private readonly Pipe _queue = new(new PipeOptions(
        pauseWriterThreshold: WireLimits.MaxQueued,
        resumeWriterThreshold: WireLimits.MaxQueued / 2,
        minimumSegmentSize: WireLimits.ChunkSize,
        useSynchronizationContext: false));

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PayloadWriter _payload = new();
    private readonly Task _pump;
    private bool _completed;

    /// <param name="onError">Told once when the stream breaks.</param>
    public FrameSender(Stream stream, Action<ChannelEnd> onError)
    {
        _stream = stream;
        _onError = onError;
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Queues one frame; waits while the queue is full.</summary>
    /// <returns>False when the connection has ended.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the frame was queued whole or not at all.</exception>
    public async Task<bool> SendAsync(ushort stream, WireMessage message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_completed)
            {
                return false;
            }

            Write(stream, message);
            FlushResult flushed = await _queue.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            return !flushed.IsCompleted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>No more frames; returns when the queue has left, or after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await _turn.WaitAsync(LastWords).ConfigureAwait(false))
        {
            _completed = true;
            await _queue.Writer.CompleteAsync().ConfigureAwait(false);
            _turn.Release();
            await Task.WhenAny(_pump, Task.Delay(LastWords)).ConfigureAwait(false);
        }
    }

    private void Write(ushort stream, WireMessage message)
    {
        _payload.Clear();
        message.Write(_payload);
        if (_payload.Length > WireLimits.MaxPayload)
        {
            throw new ArgumentException($"A {message.Type} of {_payload.Length} bytes does not fit a frame.", nameof(message));
        }

        new FrameHeader(message.Type, 0, stream, (uint)_payload.Length).Write(_queue.Writer.GetSpan(FrameHeader.Size));
        _queue.Writer.Advance(FrameHeader.Size);
        _queue.Writer.Write(_payload.Written.Span);
    }

    private async Task PumpAsync()
    {
        try
        {
            ReadResult result;
            do
            {
                result = await _queue.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    MemoryMarshal.TryGetArray(segment, out ArraySegment<byte> bytes);
                    await _stream.WriteAsync(bytes.Array!, bytes.Offset, bytes.Count, CancellationToken.None).ConfigureAwait(false);
                }

                await _stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                _queue.Reader.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
        }
        catch (Exception e) when (ChannelEnd.From(e) is { } end)
        {
            _onError(end);
        }

        // Senders that wait for room learn that there will be none.
        await _queue.Reader.CompleteAsync().ConfigureAwait(false);
    }
}
