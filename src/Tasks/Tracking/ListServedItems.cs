using DistBuild.Tasks.Compiling;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace DistBuild.Tasks.Tracking;

/// <summary>Adds what was served to Visual Studio's list of sources and objects, once the project's list of sources is whole again.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListServedItems : Task
{
    /// <summary>Out of <see cref="CompileUnits.Served"/>.</summary>
    [Required]
    public ITaskItem[] Served { get; set; } = [];

    /// <summary>The folder of Visual Studio's tracking logs.</summary>
    [Required]
    public string TrackingFolder { get; set; } = "";

    [Required]
    public string ProjectDirectory { get; set; } = "";

    public override bool Execute()
    {
        string folder = Path.GetFullPath(Path.Combine(ProjectDirectory, TrackingFolder));
        try
        {
            ItemsLog.Add(folder, [.. Served.Select(item => (item.GetMetadata(ServedItem.Source), item.GetMetadata(ServedItem.Object)))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(null, "DB3008", null, null, 0, 0, 0, 0, "{0}", $"Visual Studio's list of objects in '{folder}' was not written: {e.Message}");
        }

        return true;
    }
}
