using DistBuild.Core.Processes;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>Runs a pre-build, pre-link or post-build event; text for cmd.exe that CMake did not write is skipped with a warning.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunBuildEvent : BuildTask
{
    /// <summary>One item named like the event, with Command and Message.</summary>
    [Required]
    public ITaskItem Event { get; set; } = null!;

    private protected override async System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        string command = Event.GetMetadata("Command").Trim();
        if (command.Length == 0)
        {
            return;
        }

        Dictionary<string, string> environment = ReadEnvironment();
        CommandPlan plan = CommandPlan.For(command, paths, environment);
        if (plan is CommandPlan.Skip skip)
        {
            Warn(skip.Diagnostic, [Event.ItemSpec, .. skip.Values]);
        }

        if (plan is not CommandPlan.Run run)
        {
            return;
        }

        string message = Event.GetMetadata("Message").Trim();
        if (message.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "{0}", message);
        }

        try
        {
            int exitCode = await CommandRunner.RunAsync(run.Shell, paths.ProjectDirectory, environment, Log, cancellationToken).ConfigureAwait(false);
            if (exitCode != 0)
            {
                Error(BuildingDiagnostics.CommandFailed, Event.ItemSpec, exitCode);
            }
        }
        catch (ProcessStartException e)
        {
            Error(BuildingDiagnostics.ToolFailedToStart, e.Message);
        }
    }
}
