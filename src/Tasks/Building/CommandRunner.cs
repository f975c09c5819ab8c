using System.Text;
using DistBuild.Core.Processes;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Building;

/// <summary>Runs the text of an event or custom build by sh, line by line up to the first that fails.</summary>
internal static class CommandRunner
{
    /// <summary>Runs the text in a folder and prints what it prints; lines in MSBuild's error format become errors and warnings.</summary>
    /// <exception cref="ProcessStartException">There is no sh, or the text is too long for one argument.</exception>
    public static async System.Threading.Tasks.Task<int> RunAsync(
        string text, string folder, IReadOnlyDictionary<string, string> environment, TaskLoggingHelper log, CancellationToken cancellationToken)
    {
        ProcessResult result = await ProcessRunner.RunAsync(
            new ProcessRequest("/bin/sh", ["-e", "-c", CommandText.ForShell(text)], folder, environment), cancellationToken).ConfigureAwait(false);
        foreach (string line in Lines(result.Output).Concat(Lines(result.Errors)))
        {
            log.LogMessageFromText(line, MessageImportance.High);
        }

        return result.ExitCode;
    }

    private static IEnumerable<string> Lines(byte[] printed) =>
        Encoding.UTF8.GetString(printed).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
