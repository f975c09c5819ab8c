using System.Text;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>Which .NET SDK a build in this folder would use; projects with the portable VC targets are built by it.</summary>
internal static class DotnetCheck
{
    private const string About = ".NET";

    /// <summary>The task is built for this version, or for .NET Framework.</summary>
    private const int OldestSdk = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<Check> RunAsync(CommandContext context, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string runtime = $"this tool runs on .NET {Environment.Version}";
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            ProcessResult ran = await ProcessRunner.RunAsync(new ProcessRequest("dotnet", ["--version"], context.Folder, environment), limit.Token);
            string version = Encoding.UTF8.GetString(ran.Output).Trim();
            if (ran.ExitCode != 0)
            {
                string why = Encoding.UTF8.GetString(ran.Errors).Trim();
                return Check.Broken(About, $"'dotnet --version' fails here: {why}", "Install the SDK that global.json asks for, or change global.json.");
            }

            return int.TryParse(version.Split('.')[0], out int major) && major >= OldestSdk
                ? Check.Good(About, $"SDK {version}; {runtime}")
                : Check.Broken(
                    About,
                    $"SDK {version} is older than {OldestSdk}",
                    $"Install the .NET SDK {OldestSdk} or newer, or build with Visual Studio's MSBuild.");
        }
        catch (ProcessStartException)
        {
            return OperatingSystem.IsWindows()
                ? Check.Note(About, $"no 'dotnet' on PATH; {runtime}; Visual Studio's MSBuild needs none")
                : Check.Broken(About, $"no 'dotnet' on PATH; {runtime}", "Put the folder of the .NET SDK on PATH.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Check.Broken(About, "'dotnet --version' does not end", "Run it yourself to see why.");
        }
    }
}
