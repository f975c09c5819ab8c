using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>Links a program or a shared library with gcc or clang, when anything it is made of has changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class LinkBinary : BuildTask
{
    /// <summary>Objects and libraries in link order; CompileAs, EnableASAN and OpenMPSupport of their sources matter.</summary>
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>One item with the metadata of the project's Link definition.</summary>
    [Required]
    public ITaskItem Settings { get; set; } = null!;

    /// <summary>Make a shared library.</summary>
    public bool Shared { get; set; }

    /// <summary>What referenced projects contribute, as their GetResolvedLinkLibs says.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>What referenced projects make that is linked only where AdditionalDependencies names it.</summary>
    public ITaskItem[] NamedReferences { get; set; } = [];

    public string LibraryPath { get; set; } = "";

    public string CCompiler { get; set; } = "";

    public string CxxCompiler { get; set; } = "";

    /// <summary>The folder of incremental build records.</summary>
    [Required]
    public string Records { get; set; } = "";

    private protected override async System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        LinkSettings settings = LinkSettings.Read(Settings, paths);
        Dictionary<string, string> environment = ReadEnvironment();
        CompilerDriver driver = IsOnlyC() ? Driver(CCompiler, "gcc", paths, environment) : Driver(CxxCompiler, "g++", paths, environment);
        LinkPlan plan = LinkPlan.Of(new LinkRequest(settings, Shared, Objects, References, NamedReferences, LibraryPath), driver, paths);
        Tell(settings, plan);

        StepRecord record = new(Path.Combine(paths.Full(Records), "link.record"));
        string[] told = [driver.Program, settings.OutputFile, settings.ImportLibrary ?? "", .. plan.Arguments];
        if (record.IsCurrent(told, plan.Inputs))
        {
            Log.LogMessage(MessageImportance.Low, "{0}: all outputs are up to date.", settings.OutputFile);
            return;
        }

        record.Forget();
        if (Directory.Exists(settings.OutputFile))
        {
            Error(BuildingDiagnostics.OutputIsFolder, settings.OutputFile);
            return;
        }

        if (plan.Inputs.FirstOrDefault(input => !File.Exists(input)) is { } missing)
        {
            Error(BuildingDiagnostics.ObjectMissing, missing, settings.OutputFile);
            return;
        }

        if (await LinkAsync(settings, plan, driver, paths, environment, cancellationToken).ConfigureAwait(false))
        {
            // Only a shared library has one, but CMake names one for every program.
            string[] outputs = settings.ImportLibrary is null || !Shared ? [settings.OutputFile] : [settings.OutputFile, settings.ImportLibrary];
            record.Save(told, plan.Inputs, outputs);
        }
    }

    private async Task<bool> LinkAsync(
        LinkSettings settings, LinkPlan plan, CompilerDriver driver, ProjectPaths paths, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        try
        {
            Log.LogMessage(MessageImportance.Low, "{0}", $"{driver.Program} {CommandLine.Join(plan.Arguments)} -o {settings.OutputFile}");
            ProcessResult result = await OutputTool.RunAsync(
                driver.Program, output => [.. plan.Arguments, "-o", output], settings.OutputFile,
                Path.Combine(paths.Full(Records), "link.rsp"), paths, environment, cancellationToken).ConfigureAwait(false);
            Report(result, driver.Program, plan);
            if (result.ExitCode == 0 && Shared && settings.ImportLibrary is { } import && import != settings.OutputFile)
            {
                ImportLibrary.Write(import, settings.OutputFile);
            }

            return result.ExitCode == 0;
        }
        catch (ProcessStartException e)
        {
            Error(BuildingDiagnostics.ToolFailedToStart, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(BuildingDiagnostics.OutputNotWritten, settings.OutputFile, e.Message);
        }

        return false;
    }

    private void Report(ProcessResult result, string program, LinkPlan plan)
    {
        string printed = Encoding.UTF8.GetString(result.Errors) + Encoding.UTF8.GetString(result.Output);
        bool failed = result.ExitCode != 0, saidError = false;
        // A link that fails warns of what follows from its errors.
        foreach (LinkerMessage message in LinkerOutput.Parse(printed).Where(message => message.IsError == failed))
        {
            saidError |= failed;
            if (!failed)
            {
                WarnAt(message.File, message.Line, BuildingDiagnostics.LinkWarning, message.Text);
            }
            else if (message.MissingLibrary is { } name)
            {
                string entry = plan.Entries.TryGetValue("-l" + name, out string? spelled) ? spelled : "-l" + name;
                Error(BuildingDiagnostics.LibraryMissing, entry, plan.Searched.Count == 0 ? "there are none" : string.Join(", ", plan.Searched));
            }
            else
            {
                ErrorAt(message.File, message.Line, BuildingDiagnostics.LinkError, message.Text);
            }
        }

        if (printed.Length > 0)
        {
            Log.LogMessage(saidError || !failed ? MessageImportance.Low : MessageImportance.High, "{0}", printed.TrimEnd());
        }

        if (failed && !saidError)
        {
            Error(BuildingDiagnostics.ToolFailed, program, result.ExitCode, printed.Trim());
        }
    }

    private void Tell(LinkSettings settings, LinkPlan plan)
    {
        if (plan.Dropped.Count > 0)
        {
            Say(MessageImportance.Low, BuildingDiagnostics.SystemLibrariesDropped, string.Join(", ", plan.Dropped));
        }

        if (settings.LeftOut.Count > 0)
        {
            Say(MessageImportance.Normal, BuildingDiagnostics.LinkOptionsLeftOut, "linker", string.Join(" ", settings.LeftOut));
        }

        if (settings.ModuleDefinitionFile.Length > 0)
        {
            Say(MessageImportance.Normal, BuildingDiagnostics.DefinitionFileLeftOut, settings.ModuleDefinitionFile);
        }
    }

    /// <summary>A library or object of unknown origin may be C++: then the C++ driver is right, and it never hurts.</summary>
    private bool IsOnlyC() =>
        Objects.Length > 0
        && Objects.Concat(References).All(item => Says(item, "CompileAs", "CompileAsC") || Says(item, "LinkLanguage", "C") || Says(item, "LinkKind", "Runtime"));

    private static bool Says(ITaskItem item, string metadata, string value) => item.GetMetadata(metadata).Equals(value, StringComparison.OrdinalIgnoreCase);
}
