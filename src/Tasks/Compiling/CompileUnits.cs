using System.Collections;
using System.Diagnostics;
using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Core.Units.Reports;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace DistBuild.Tasks.Compiling;

/// <summary>
/// Compiles a batch of <c>ClCompile</c> items whose metadata is final. With <see cref="Plain"/> it is the portable targets' own compile step; otherwise it serves from
/// the store and the agents what it can, and leaves the rest to the project's own compile step.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CompileUnits : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Full path; what the project's relative paths start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The file of our own incremental build records.</summary>
    [Required]
    public string Records { get; set; } = "";

    /// <summary>Compile everything here, without store and agents.</summary>
    public bool Plain { get; set; }

    /// <summary>Whose command lines to make: <c>gcc</c> (gcc and clang). Items of any other toolset are left alone.</summary>
    public string Toolset { get; set; } = GccName;

    /// <summary>The folder of the checkout: paths below it are given to the compiler relative to the project.</summary>
    public string Root { get; set; } = "";

    public string CCompiler { get; set; } = "";

    public string CxxCompiler { get; set; } = "";

    public string ConfigurationType { get; set; } = "";

    public string IncludePath { get; set; } = "";

    public string ExternalIncludePath { get; set; } = "";

    public string Project { get; set; } = "";

    public string Configuration { get; set; } = "";

    public string Platform { get; set; } = "";

    public string Store { get; set; } = "";

    public string StoreSize { get; set; } = "";

    public string Agents { get; set; } = "";

    public string Discovery { get; set; } = "";

    public string Port { get; set; } = "";

    public string ClusterKeyFile { get; set; } = "";

    public string LocalSlots { get; set; } = "";

    public string Verify { get; set; } = "";

    public string Report { get; set; } = "";

    public string CompileCommands { get; set; } = "";

    /// <summary>Not empty when only some of the project's items are compiled (Ctrl+F7 in Visual Studio).</summary>
    public string SelectedFiles { get; set; } = "";

    /// <summary>The items that were served: their objects are there.</summary>
    [Output]
    public ITaskItem[] Served { get; private set; } = [];

    private const string GccName = "gcc";

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    public override bool Execute()
    {
        if (!string.Equals(Toolset, GccName, StringComparison.OrdinalIgnoreCase))
        {
            Log.LogMessage(MessageImportance.High, $"DistBuild: {Sources.Length} units left to the project's own compiler: command lines of toolset '{Toolset}' are not served yet.");
            return true;
        }

        if (ReadOptions() is not { } options)
        {
            return false;
        }

        List<TakenItem> taken = Translate();
        TranslationUnit[] units = [.. taken.Select(item => item.Unit)];
        WriteCompileCommands(options, units);
        if (units.Length == 0)
        {
            return !Log.HasLoggedErrors;
        }

        try
        {
            // MSBuild's thread must not be the one that awaits: it has a scheduler of its own.
            System.Threading.Tasks.Task.Run(() => CompileAsync(options, units)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        Served = [.. taken.Select(item => item.Item)];
        return !Log.HasLoggedErrors;
    }

    private List<TakenItem> Translate()
    {
        GccToolset toolset = new(new GccToolsetOptions
        {
            ProjectDirectory = ProjectDirectory,
            Root = Root.Length > 0 ? Root : ProjectDirectory,
            CCompiler = CCompiler.Length > 0 ? CCompiler : "gcc",
            CxxCompiler = CxxCompiler.Length > 0 ? CxxCompiler : "g++",
            ConfigurationType = ConfigurationType,
            IncludePath = IncludePath,
            ExternalIncludePath = ExternalIncludePath,
            Environment = ProcessEnvironment(),
        });
        List<TakenItem> units = [];
        HashSet<string> notes = [], left = new(StringComparer.OrdinalIgnoreCase);
        foreach (ITaskItem source in Sources)
        {
            ToolsetCommand command = toolset.Compile(source);
            foreach (string note in command.Notes.Where(notes.Add))
            {
                Log.LogMessage(MessageImportance.Normal, note);
            }

            if (command.Unit is not null)
            {
                units.Add(new TakenItem(source, command.Unit));
            }
            else if (Plain)
            {
                Log.LogError(null, "DB3001", null, source.ItemSpec, 0, 0, 0, 0, "{0}", $"Cannot be compiled with {Toolset}: {command.Reason}");
            }
            else
            {
                left.Add(source.ItemSpec);
                Log.LogMessage(MessageImportance.Normal, $"DistBuild: {source.ItemSpec} is left to the project's own compiler: {command.Reason}");
            }
        }

        // Items are taken out of the list by name: of one that stands there twice, all are served or none.
        units.RemoveAll(unit => left.Contains(unit.Item.ItemSpec));
        return units;
    }

    private async System.Threading.Tasks.Task CompileAsync(BuildOptions options, TranslationUnit[] units)
    {
        Stopwatch watch = Stopwatch.StartNew();
        UnitLog log = new(Log);
        BuildRecords records = BuildRecords.Load(Path.Combine(ProjectDirectory, Records));
        int wanted = Math.Min(units.Length, options.LocalSlots is > 0 and int slots ? slots : Environment.ProcessorCount);
        using GrantedCores cores = GrantedCores.Request(BuildEngine, wanted);
        IReadOnlyList<UnitResult> results;
        try
        {
            BuildSession? session = Plain ? null : SharedSession.Get(BuildEngine, options);
            results = await new UnitCompiler(session, records, log, cores.Count) { Project = Project }.CompileAsync(units, _cancel.Token).ConfigureAwait(false);
        }
        finally
        {
            records.Save();
        }

        BuildReport report = new(Project, Configuration, Platform, results);
        if (!Plain)
        {
            log.Summarise(report, watch.Elapsed);
        }

        await WriteReportAsync(options, report).ConfigureAwait(false);
    }

    // Before the compile: an editor needs the commands most of all for sources that do not compile yet.
    private void WriteCompileCommands(BuildOptions options, TranslationUnit[] units)
    {
        if (options.CompileCommands is not { } path || Plain)
        {
            return;
        }

        try
        {
            string scope = Path.Combine(ProjectDirectory, Records);
            System.Threading.Tasks.Task.Run(() => CompilationDatabase.MergeAsync(path, options.Store, scope, units, SelectedFiles.Length == 0, _cancel.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The build was stopped; what follows says so.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.LogWarning(null, "DB3004", null, null, 0, 0, 0, 0, "{0}", $"The compile commands were not written to DistBuildCompileCommands='{path}': {e.Message}");
        }
    }

    private async System.Threading.Tasks.Task WriteReportAsync(BuildOptions options, BuildReport report)
    {
        if (options.Report is null || Plain)
        {
            return;
        }

        try
        {
            await ReportFile.AppendAsync(options.Report, report, _cancel.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(null, "DB3002", null, null, 0, 0, 0, 0, "{0}", $"The report was not written to DistBuildReport='{options.Report}': {e.Message}");
        }
    }

    private BuildOptions? ReadOptions()
    {
        Dictionary<string, string> values = new()
        {
            ["DistBuildStore"] = Store,
            ["DistBuildStoreSize"] = StoreSize,
            ["DistBuildAgents"] = Agents,
            ["DistBuildDiscovery"] = Discovery,
            ["DistBuildPort"] = Port,
            ["DistBuildClusterKeyFile"] = ClusterKeyFile,
            ["DistBuildLocalSlots"] = LocalSlots,
            ["DistBuildVerify"] = Verify,
            ["DistBuildReport"] = Report,
            ["DistBuildCompileCommands"] = CompileCommands,
        };
        BuildOptions options = BuildOptionsReader.Read(name => values.TryGetValue(name, out string? value) ? value : null, ProjectDirectory, out IReadOnlyList<string> errors);
        foreach (string error in errors)
        {
            Log.LogError(null, "DB3003", null, null, 0, 0, 0, 0, "{0}", error);
        }

        return errors.Count == 0 ? options : null;
    }

    private static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    private sealed record TakenItem(ITaskItem Item, TranslationUnit Unit);
}
