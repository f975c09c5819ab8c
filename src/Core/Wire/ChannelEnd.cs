using System.Net.Sockets;

namespace DistBuild.Core.Wire;

public enum ChannelEndKind
{
    /// <summary>The peer closed in order, between two frames.</summary>
    Closed,

    /// <summary>The peer or the network broke it off, in the middle of a frame included.</summary>
    Reset,

    /// <summary>The peer sent what the protocol does not allow.</summary>
    Broken,

    /// <summary>The peer sent nothing for too long.</summary>
    Silent,

    /// <summary>This side closed it.</summary>
    Aborted,
}

/// <summary>Why a connection ended, as a value: expected errors of sockets become this in one place.</summary>
/// <param name="Text">For people; completes "the connection ended: ".</param>
public sealed record ChannelEnd(ChannelEndKind Kind, string Text)
{
    public static ChannelEnd Closed { get; } = new(ChannelEndKind.Closed, "closed by the other side");

    public static ChannelEnd CutOff { get; } = new(ChannelEndKind.Reset, "closed in the middle of a message");

    public static ChannelEnd Aborted { get; } = new(ChannelEndKind.Aborted, "closed by this side");

    /// <summary>The end an exception of a stream or a parser means; null for one that is no such thing.</summary>
    public static ChannelEnd? From(Exception exception) => exception switch
    {
        ProtocolException => new(ChannelEndKind.Broken, exception.Message),
        ObjectDisposedException => Aborted,
        IOException { InnerException: SocketException socket } => new(ChannelEndKind.Reset, Describe(socket)),
        IOException { InnerException: ObjectDisposedException } => Aborted,
        IOException => new(ChannelEndKind.Reset, exception.Message),
        SocketException socket => new(ChannelEndKind.Reset, Describe(socket)),
        _ => null,
    };

    public override string ToString() => Text;

    private static string Describe(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "reset by the other side",
        SocketError.TimedOut => "the network lost it",
        _ => socket.Message,
    };
}
