using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>Event ids 1200-1299.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1200, LogLevel.Warning, "{Warning}")]
    public static partial void KeyWarning(ILogger logger, string warning);

    [LoggerMessage(1201, LogLevel.Warning, "{Problem}")]
    public static partial void StoreProblem(ILogger logger, string problem);

    [LoggerMessage(1202, LogLevel.Warning, "No compiler on PATH: this agent serves what its store has and compiles nothing. Install one and start it again.")]
    public static partial void NoCompilers(ILogger logger);
}
