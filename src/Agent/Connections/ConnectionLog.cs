using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>Event ids 1000-1099.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(1000, LogLevel.Information, "Serving on {EndPoint}, UDP and TCP, {Trust}")]
    public static partial void Started(ILogger logger, IPEndPoint endPoint, string trust);

    [LoggerMessage(1001, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1002, LogLevel.Warning, "Running compiles were cut off: they did not end within {Seconds} s")]
    public static partial void CutOff(ILogger logger, double seconds);

    [LoggerMessage(1010, LogLevel.Debug, "{Client}: connected")]
    public static partial void Connected(ILogger logger, string client);

    [LoggerMessage(1011, LogLevel.Debug, "{Client}: connection ended: {Reason}")]
    public static partial void Ended(ILogger logger, string client, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "No connection for {Address}: {Reason}")]
    public static partial void Refused(ILogger logger, EndPoint? address, string reason);

    [LoggerMessage(1013, LogLevel.Error, "A connection failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(1014, LogLevel.Error, "No connection can be accepted now: {Error}")]
    public static partial void CannotAccept(ILogger logger, SocketError error);

    [LoggerMessage(1020, LogLevel.Debug, "Datagram: {Error}")]
    public static partial void DatagramError(ILogger logger, SocketError error);
}
