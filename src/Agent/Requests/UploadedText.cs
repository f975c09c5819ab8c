using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>What a client sends for its granted slot: a compile and its text, or a release. The read loop feeds it, the request waits for it.</summary>
internal sealed class UploadedText(ushort stream, RequestLimits limits)
{
    private readonly TaskCompletionSource<Compile?> _compile = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile UploadedContent? _text;
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

    /// <inheritdoc cref="UploadedContent.WaitAsync"/>
    public Task<byte[]> WaitForTextAsync(CancellationToken cancellationToken) => _text!.WaitAsync(cancellationToken);

    /// <inheritdoc cref="UploadedContent.Drop"/>
    public void Drop() => _text?.Drop();

    public void OnMessage(WireMessage message)
    {
        switch (message)
        {
            case var _ when !_isGranted:
                throw ProtocolException.UnexpectedOnStream(message.Type, stream);
            case { Type: FrameType.Release } when _compile.TrySetResult(null):
            case { Type: FrameType.End } when _text?.OnEnd() == true:
                break;
            case Compile compile when !_compile.Task.IsCompleted:
                _text = new UploadedContent(stream, limits, compile.Encoding, compile.TextLength);
                _compile.TrySetResult(compile);
                break;
            default:
                throw ProtocolException.UnexpectedOnStream(message.Type, stream);
        }
    }

    public void OnChunk(ReadOnlySequence<byte> data)
    {
        if (_text?.OnChunk(data) != true)
        {
            throw ProtocolException.UnexpectedOnStream(FrameType.Chunk, stream);
        }
    }
}
