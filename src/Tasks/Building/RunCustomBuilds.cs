using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tasks.Building.Batch;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>Runs the commands of CustomBuild items whose inputs, outputs or text changed, one after the other; text for cmd.exe that CMake did not write is skipped, with one warning for all.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunCustomBuilds : BuildTask
{
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The items are steps of the project: their names are no files.</summary>
    public bool Step { get; set; }

    /// <summary>The folder of incremental build records.</summary>
    [Required]
    public string Records { get; set; } = "";

    private protected override async System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = ReadEnvironment();
        List<string> written = [];
        List<(Job Job, CommandPlan.Skip Plan)> skipped = [];
        foreach (ITaskItem source in Sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Job job = Job.Of(source, Step, Record(source, paths), paths);
            if (job.Command.Length == 0)
            {
                continue;
            }

            switch (CommandPlan.For(job.Command, paths, environment))
            {
                case CommandPlan.Skip skip:
                    skipped.Add((job, skip));
                    continue;
                case CommandPlan.CheckGeneration check:
                    CheckGeneration(job, check.WholeSolution);
                    continue;
                case CommandPlan.Run run:
                    written.AddRange(job.Outputs);
                    if (!await RunAsync(job, run.Shell, environment, paths, cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }

                    break;
            }
        }

        foreach (IGrouping<BuildingDiagnostic, (Job Job, CommandPlan.Skip Plan)> same in skipped.GroupBy(skip => skip.Plan.Diagnostic))
        {
            string name = same.First().Job.Name, more = same.Count() == 1 ? "" : $" and {same.Count() - 1} more";
            Warn(same.Key, [Step ? "CustomBuildStep" : $"The custom build of {name}{more}", .. same.First().Plan.Values]);
        }

        KeepWritten(written, paths);
    }

    /// <summary>Every project asks; the one that asks for all of them speaks.</summary>
    private void CheckGeneration(Job job, bool wholeSolution)
    {
        if (GenerationCheck.Changed(job.Inputs, job.Outputs) is { } changed)
        {
            Say(wholeSolution ? MessageImportance.High : MessageImportance.Low, BuildingDiagnostics.GenerationOutOfDate, changed);
        }
    }

    private async Task<bool> RunAsync(Job job, string shell, Dictionary<string, string> environment, ProjectPaths paths, CancellationToken cancellationToken)
    {
        if (job.Outputs.Count > 0 && job.Record.IsCurrent([job.Command], job.Inputs))
        {
            Log.LogMessage(MessageImportance.Low, "{0}: all outputs are up to date.", job.Name);
            return true;
        }

        job.Record.Forget();
        if (job.Message.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "{0}", job.Message);
        }

        foreach (string folder in job.Outputs.Select(output => Path.GetDirectoryName(output)!).Distinct())
        {
            Directory.CreateDirectory(folder);
        }

        int exitCode;
        try
        {
            exitCode = await CommandRunner.RunAsync(shell, paths.ProjectDirectory, environment, Log, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException e)
        {
            Error(BuildingDiagnostics.ToolFailedToStart, e.Message);
            return false;
        }

        if (exitCode != 0)
        {
            ErrorAt(job.File, line: 0, BuildingDiagnostics.CommandFailed, $"The custom build of {job.Name}", exitCode);
            return false;
        }

        Verify(job);
        // Without one of its outputs a command runs every time; CMake's targets that are always made rely on that.
        if (job.Outputs.All(Exists))
        {
            job.Record.Save([job.Command], job.Inputs, job.Outputs.Where(File.Exists));
        }

        return true;
    }

    private void Verify(Job job)
    {
        if (!job.Verify)
        {
            return;
        }

        if (job.Inputs.FirstOrDefault(input => !Exists(input)) is { } input)
        {
            WarnAt(job.File, line: 0, BuildingDiagnostics.InputMissing, $"The custom build of {job.Name}", input);
        }

        if (job.Outputs.FirstOrDefault(output => !Exists(output)) is { } missing)
        {
            WarnAt(job.File, line: 0, BuildingDiagnostics.OutputNotMade, $"The custom build of {job.Name}", missing);
        }
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private StepRecord Record(ITaskItem source, ProjectPaths paths)
    {
        ulong digest = XxHash64.Hash(Encoding.UTF8.GetBytes(source.ItemSpec));
        return new StepRecord(Path.Combine(paths.Full(Records), $"custombuild.{digest.ToString("x16", CultureInfo.InvariantCulture)}.record"));
    }

    /// <summary>Clean removes what commands wrote here, and only that: the outputs of a skipped command may be files of the checkout.</summary>
    private void KeepWritten(List<string> written, ProjectPaths paths)
    {
        string list = Path.Combine(paths.Full(Records), Step ? "custombuildstep.list" : "custombuild.list");
        try
        {
            Directory.CreateDirectory(paths.Full(Records));
            AtomicFile.Write(list, Encoding.UTF8.GetBytes(string.Concat(written.Select(output => output + "\n"))), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(BuildingDiagnostics.OutputNotWritten, list, e.Message);
        }
    }

    private sealed record Job(
        string Name, string? File, string Command, string Message, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, bool Verify, StepRecord Record)
    {
        public static Job Of(ITaskItem source, bool step, StepRecord record, ProjectPaths paths)
        {
            IEnumerable<string> inputs = ItemLists.Split(ItemLists.Escaped(source, "AdditionalInputs"));
            return new Job(
                source.ItemSpec,
                step ? null : source.ItemSpec,
                source.GetMetadata("Command").Trim(),
                source.GetMetadata("Message").Trim(),
                [.. (step ? inputs : [source.ItemSpec, .. inputs]).Where(input => !ProjectPaths.IsForeign(input)).Select(paths.FullOnDisk)],
                [.. ItemLists.Split(ItemLists.Escaped(source, "Outputs")).Select(paths.Full)],
                !string.Equals(source.GetMetadata("VerifyInputsAndOutputsExist"), "false", StringComparison.OrdinalIgnoreCase),
                record);
        }
    }
}
