using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Announced content on its way in. The read loop feeds it, the request waits for it.</summary>
internal sealed class UploadedContent(ushort stream, RequestLimits limits, ContentEncoding encoding, int length)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ContentAssembler? _content = new(encoding, length);
    private int _pieces;

    /// <exception cref="TimeoutException">It stopped coming.</exception>
    /// <exception cref="ProtocolException">It is not what was announced.</exception>
    public async Task<byte[]> WaitAsync(CancellationToken cancellationToken)
    {
        while (!_end.Task.IsCompleted)
        {
            int seen = Volatile.Read(ref _pieces);
            try
            {
                await _end.Task.WaitAsync(limits.UploadSilence, cancellationToken);
            }
            catch (TimeoutException) when (seen != Volatile.Read(ref _pieces))
            {
                // Slow, but it comes.
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"the content stopped coming for {limits.UploadSilence.TotalSeconds} s");
            }
        }

        lock (_gate)
        {
            byte[] content = _content!.Complete() ?? throw ProtocolException.BadContent(stream, "is not what was announced");
            _content = null;
            return content;
        }
    }

    /// <summary>It is not needed any more: frees what came of it and ignores the rest.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _content = null;
        }
    }

    /// <summary>A piece; false when none may come any more.</summary>
    public bool OnChunk(ReadOnlySequence<byte> data)
    {
        lock (_gate)
        {
            if (_end.Task.IsCompleted)
            {
                return false;
            }

            if (_content is { } content && !content.Append(data))
            {
                throw ProtocolException.TooMuchContent(stream);
            }

            Interlocked.Increment(ref _pieces);
            return true;
        }
    }

    /// <summary>The last piece has come; false when that was said before.</summary>
    public bool OnEnd() => _end.TrySetResult();
}
