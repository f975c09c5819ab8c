using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>One stream of a client, from the message that opened it to the one that ends it.</summary>
internal abstract class ServerRequest(RequestSession session, ushort stream)
{
    protected RequestSession Session { get; } = session;

    protected RequestServices Services => Session.Services;

    protected ushort Stream { get; } = stream;

    /// <summary>Does what was asked and says what ends the stream.</summary>
    public abstract Task<WireMessage> HandleAsync(CancellationToken cancellationToken);

    /// <summary>A further message of the stream; called by the read loop, must not wait.</summary>
    public virtual void OnMessage(WireMessage message) => throw ProtocolException.UnexpectedOnStream(message.Type, Stream);

    /// <inheritdoc cref="OnMessage"/>
    public virtual void OnChunk(ReadOnlySequence<byte> data) => throw ProtocolException.UnexpectedOnStream(FrameType.Chunk, Stream);

    /// <summary>The client has given no sign of life for so long; must not wait.</summary>
    public virtual void OnSilence(TimeSpan silence)
    {
    }

    protected Task SendAsync(WireMessage message, CancellationToken cancellationToken) => Session.Channel.SendAsync(Stream, message, cancellationToken);
}
