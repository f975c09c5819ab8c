using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>How a request ended.</summary>
/// <param name="Message">The agent's last word, or what announced the content; null when the connection was lost.</param>
/// <param name="Content">Decoded, when there is some.</param>
/// <param name="Lost">Why the connection was lost.</param>
internal sealed record StreamAnswer(WireMessage? Message, byte[]? Content, ChannelEnd? Lost);

/// <summary>One request of a client. The read loop feeds it; the caller waits for <see cref="Granted"/> or <see cref="Answer"/>.</summary>
internal sealed class ClientStream(ushort id)
{
    private readonly TaskCompletionSource<bool> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StreamAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WireMessage? _announcement;
    private ContentAssembler? _content;
    private volatile bool _isAbandoned;

    public ushort Id { get; } = id;

    /// <summary>True when the stream holds what it asked for (a slot, a claim, room), false when it ended first.</summary>
    public Task<bool> Granted => _granted.Task;

    /// <summary>True when another client holds the claim, false when the stream was granted it or ended.</summary>
    public Task<bool> Taken => _taken.Task;

    public Task<StreamAnswer> Answer => _answer.Task;

    /// <summary>Nobody waits any more: what still comes is dropped, until the agent ends the stream.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <returns>True when this message ended the stream.</returns>
    public bool OnMessage(WireMessage message)
    {
        switch (message)
        {
            case Wire.Messages.Granted or { Type: FrameType.Claimed } when _announcement is null && _granted.TrySetResult(true):
                _taken.TrySetResult(false);
                return false;
            case { Type: FrameType.Taken } when _announcement is null && _taken.TrySetResult(true):
                return false;
            case Found found when _announcement is null:
                Announce(found, found.Content);
                return false;
            case Result result when _announcement is null:
                Announce(result, result.Content);
                return false;
            case { Type: FrameType.End } when _announcement is not null:
                byte[]? content = _content?.Complete();
                if (content is null && !_isAbandoned)
                {
                    throw ProtocolException.BadContent(Id, "is not what was announced");
                }

                End(new StreamAnswer(_announcement, content, null));
                return true;
            case { Type: FrameType.Cancelled }:
            case { Type: FrameType.Missing or FrameType.Kept } or Declined or Settled or Elsewhere or StatusReport when _announcement is null:
                End(new StreamAnswer(message, null, null));
                return true;
            default:
                throw ProtocolException.UnexpectedOnStream(message.Type, Id);
        }
    }

    public void OnChunk(ReadOnlySequence<byte> data)
    {
        if (_content is null)
        {
            throw ProtocolException.UnexpectedOnStream(FrameType.Chunk, Id);
        }

        if (!_isAbandoned && !_content.Append(data))
        {
            throw ProtocolException.TooMuchContent(Id);
        }
    }

    public void Lose(ChannelEnd end) => End(new StreamAnswer(null, null, end));

    private void Announce(WireMessage message, ContentHeader header)
    {
        _announcement = message;
        _content = new ContentAssembler(header.Encoding, header.Total);
    }

    private void End(StreamAnswer answer)
    {
        _answer.TrySetResult(answer);
        _granted.TrySetResult(false);
        _taken.TrySetResult(false);
    }
}
