using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Execution;

/// <summary>Event ids 2000-2099.</summary>
internal static partial class ExecutionLog
{
    [LoggerMessage(2000, LogLevel.Information, "{Compiler}: {Language} text of {Bytes} bytes, {Milliseconds} ms, {Outcome}")]
    public static partial void Compiled(ILogger log, string compiler, string language, int bytes, long milliseconds, string outcome);

    [LoggerMessage(2001, LogLevel.Warning, "A compile could not be isolated and was declined: {Words}")]
    public static partial void NotIsolated(ILogger log, string words);
}
