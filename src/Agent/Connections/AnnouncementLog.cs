using System.Net;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>Event ids 1300-1399.</summary>
internal static partial class AnnouncementLog
{
    [LoggerMessage(1300, LogLevel.Information, "Announced by multicast DNS as {Name}")]
    public static partial void Announced(ILogger logger, string name);

    [LoggerMessage(1301, LogLevel.Information, "The name {Name} is somebody else's; trying another one")]
    public static partial void Contested(ILogger logger, string name);

    [LoggerMessage(1302, LogLevel.Information, "Not announced by multicast DNS on {Address}: UDP port {Port} cannot be shared there, or nothing is multicast. Builds find this agent all the same.")]
    public static partial void NotAnnounced(ILogger logger, IPAddress address, int port);
}
