using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>What a client sends for its granted slot: a compile and its text, or a release. The read loop feeds it, the request waits for it.</summary>
internal sealed class UploadedText(ushort stream, RequestLimits limits)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Compile?> _compile = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _text = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ContentAssembler? _content;
    private int _pieces;
    private bool _isDropped;
    private volatile bool _isGranted;

    /// <summary>From now on the client may send; nothing is held for one that does before.</summary>
    public void Grant() => _isGranted = true;

    /// <summary>The compile, or null when the client released the slot.</summary>
    /// <exception cref="TimeoutException">Neither came while the lease lasted.</exception>
    public async Task<Compile?> WaitForCompileAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _compile.Task.WaitAsync(limits.Lease, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the granted slot was not used within {limits.Lease.TotalSeconds} s");
        }
    }

    /// <exception cref="TimeoutException">It stopped coming.</exception>
    /// <exception cref="ProtocolException">It is not what was announced.</exception>
    public async Task<byte[]> WaitForTextAsync(CancellationToken cancellationToken)
    {
        while (!_text.Task.IsCompleted)
        {
            int seen = Volatile.Read(ref _pieces);
            try
            {
                await _text.Task.WaitAsync(limits.UploadSilence, cancellationToken);
            }
            catch (TimeoutException) when (seen != Volatile.Read(ref _pieces))
            {
                // Slow, but it comes.
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"the text stopped coming for {limits.UploadSilence.TotalSeconds} s");
            }
        }

        lock (_gate)
        {
            byte[] text = _content!.Complete() ?? throw ProtocolException.BadContent(stream, "is not what was announced");
            _content = null;
            return text;
        }
    }

    /// <summary>The text is not needed any more: frees what came of it and ignores the rest.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _isDropped = true;
            _content = null;
        }
    }

    public void OnMessage(WireMessage message)
    {
        switch (message)
        {
            case var _ when !_isGranted:
                throw ProtocolException.UnexpectedOnStream(message.Type, stream);
            case { Type: FrameType.Release } when _compile.TrySetResult(null):
            case { Type: FrameType.End } when _compile.Task is { IsCompletedSuccessfully: true, Result: not null } && _text.TrySetResult():
                break;
            case Compile compile:
                Begin(compile);
                break;
            default:
                throw ProtocolException.UnexpectedOnStream(message.Type, stream);
        }
    }

    public void OnChunk(ReadOnlySequence<byte> data)
    {
        lock (_gate)
        {
            if (_isDropped)
            {
                return;
            }

            if (_content is null || _text.Task.IsCompleted)
            {
                throw ProtocolException.UnexpectedOnStream(FrameType.Chunk, stream);
            }

            if (!_content.Append(data))
            {
                throw ProtocolException.TooMuchContent(stream);
            }

            Interlocked.Increment(ref _pieces);
        }
    }

    private void Begin(Compile compile)
    {
        lock (_gate)
        {
            if (_compile.Task.IsCompleted)
            {
                throw ProtocolException.UnexpectedOnStream(FrameType.Compile, stream);
            }

            _content = new ContentAssembler(compile.Encoding, compile.TextLength);
        }

        _compile.TrySetResult(compile);
    }
}
