using System.Runtime.CompilerServices;
using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;
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

    /// <summary>Whose command lines to make: <c>gcc</c> (gcc and clang) or <c>cl</c> (Visual Studio's). Items of any other toolset are left alone.</summary>
    public string Toolset { get; set; } = "gcc";

    /// <summary>Toolset cl: the clang-cl that compiles, as <c>CC</c> would name it; empty when the project's own compiler does.</summary>
    public string ClangCl { get; set; } = "";

    /// <summary>Toolset cl: the project's <c>CLToolExe</c>; empty for cl.exe.</summary>
    public string ClToolExe { get; set; } = "";

    /// <summary>Toolset cl: the project's <c>CLToolPath</c>; empty where it is found on PATH.</summary>
    public string ClToolPath { get; set; } = "";

    /// <summary>Toolset cl: the project's <c>PlatformToolset</c>.</summary>
    public string PlatformToolset { get; set; } = "";

    /// <summary>Toolset cl: whose lines to write, by the version that Visual Studio has for itself.</summary>
    public string VisualStudioVersion { get; set; } = "";

    /// <summary>Only write the compile commands: every item counts as served, and nothing is compiled.</summary>
    public bool CommandsOnly { get; set; }

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

    /// <summary><c>Project</c>, or <c>Embedded</c>: units that are taken get their debug information into the object where the project has it in a shared database.</summary>
    public string DebugFormat { get; set; } = "";

    /// <summary>The folder of Visual Studio's tracking logs; empty where nobody reads them.</summary>
    public string TrackingFolder { get; set; } = "";

    /// <summary>The same in all projects of a build: what their sums are kept by.</summary>
    public string BuildScope { get; set; } = "";

    /// <summary><c>true</c> when the project's own compile step compiles sources together in unity files (<c>EnableUnitySupport</c>).</summary>
    public string UnityFiles { get; set; } = "";

    /// <summary>Not empty when only some of the project's items are compiled (Ctrl+F7 in Visual Studio).</summary>
    public string SelectedFiles { get; set; } = "";

    /// <summary>The items that were served: their objects are there. Metadata <c>DistBuildSource</c> and <c>DistBuildObject</c>: full paths.</summary>
    [Output]
    public ITaskItem[] Served { get; private set; } = [];

    /// <summary>Units that do not compile, when the project's own compile step still has some to compile; the build fails behind that.</summary>
    [Output]
    public int FailedUnits { get; private set; }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    // Nothing but MSBuild's own types in here: what an incomplete installation lacks must be missed inside the try.
    public override bool Execute()
    {
        if (Plain)
        {
            return Run();
        }

        try
        {
            return Run();
        }
        catch (Exception e)
        {
            Served = [];
            if (!_cancel.IsCancellationRequested)
            {
                Log.LogMessage(null, "DB3005", null, null, 0, 0, 0, 0, MessageImportance.High, "{0}",
                    $"DistBuild failed, so the project's own compiler compiles everything: {e.GetType().Name}: {e.Message} Please report this; DistBuildEnabled=false silences it.");
                Log.LogMessage(MessageImportance.Low, "{0}", e);
            }

            return !_cancel.IsCancellationRequested && !Log.HasLoggedErrors;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Run()
    {
        if (TaskOptions.Read(this, Log) is not { } options)
        {
            return false;
        }

        if (ToolsetChoice.ByName(Toolset, this) is not { } choice)
        {
            Log.LogMessage(MessageImportance.High, $"DistBuild: {Sources.Length} units left to the project's own compiler: command lines of toolset '{Toolset}' are not served.");
            return true;
        }

        System.Threading.Tasks.Task<EarlierBuilds> earlier = EarlierBuilds.ReadAsync(Path.Combine(ProjectDirectory, Records), Plain ? null : options.Build.Store);
        SelectionRules rules = new(choice.IsLikeCl, LeavesAnything: !Plain, options.EmbedsDebugInformation, string.Equals(UnityFiles, "true", StringComparison.OrdinalIgnoreCase));
        UnitSelection selection = UnitSelection.Of(Sources, choice.Toolset, new ProjectPaths(ProjectDirectory, TaskOptions.RootOf(this)), rules);
        foreach (string note in selection.Notes)
        {
            Log.LogMessage(MessageImportance.Normal, "{0}", note);
        }

        foreach (LeftUnit left in Plain && !CommandsOnly ? selection.Left : [])
        {
            Log.LogError(null, "DB3001", null, left.Item.ItemSpec, 0, 0, 0, 0, "{0}", $"Cannot be compiled with {Toolset}: {left.Reason}");
        }

        ProjectBuild build = new(this, Log, options.Build, selection, earlier.GetAwaiter().GetResult());
        try
        {
            // MSBuild's thread must not be the one that awaits: it has a scheduler of its own.
            System.Threading.Tasks.Task.Run(() => build.RunAsync(_cancel.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return Finish(selection, build);
    }

    private bool Finish(UnitSelection selection, ProjectBuild build)
    {
        if (CommandsOnly)
        {
            Served = Sources;
            return !Log.HasLoggedErrors;
        }

        if (TrackingFolder.Length > 0)
        {
            ProjectTracking.Write(Log, Path.GetFullPath(Path.Combine(ProjectDirectory, TrackingFolder)), selection, build.Results, build.Records);
        }

        Served = [.. selection.Taken.Select(unit => ServedItem.Of(unit))];
        FailedUnits = build.Results.Count(result => result.Outcome == UnitOutcome.Failed);

        // What is left is compiled first, so that all errors are said at once.
        return !Log.HasLoggedErrors || (FailedUnits > 0 && selection.Left.Count > 0 && !Plain);
    }
}
