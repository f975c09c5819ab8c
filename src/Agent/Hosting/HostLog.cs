using System.Net;
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

    [LoggerMessage(1203, LogLevel.Warning, "{Compiler} ({Driver}) does not compile here and is not offered: {Why}")]
    public static partial void DoesNotCompile(ILogger logger, string compiler, string driver, string why);

    [LoggerMessage(1204, LogLevel.Warning, "No answer from {EndPoint} to a question of this machine: a firewall may keep others away too. See distbuild doctor.")]
    public static partial void NotHeard(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1205, LogLevel.Warning, "This agent could not serve itself, and will not serve others: {Why}")]
    public static partial void SelfTestFailed(ILogger logger, string why);

    [LoggerMessage(1206, LogLevel.Information, "Isolation: {Description}.")]
    public static partial void Sandbox(ILogger logger, string description);

    [LoggerMessage(1208, LogLevel.Warning, "{What}: {FreeMemory} MiB of memory are free")]
    public static partial void Memory(ILogger logger, string what, int freeMemory);

    [LoggerMessage(1207, LogLevel.Warning, "Isolation: {Description}. {Advice}")]
    public static partial void NoSandbox(ILogger logger, string description, string advice);
}
