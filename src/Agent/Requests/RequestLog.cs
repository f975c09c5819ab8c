using DistBuild.Core.Hashing;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Requests;

/// <summary>Event ids 1100-1199.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(1100, LogLevel.Error, "{Client}: {Request} failed")]
    public static partial void Failed(ILogger logger, string client, string request, Exception exception);

    [LoggerMessage(1101, LogLevel.Warning, "{Client}: a compile was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string client, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "The result of {Key} was not kept: {Problem}")]
    public static partial void NotKept(ILogger logger, Digest key, string problem);
}
