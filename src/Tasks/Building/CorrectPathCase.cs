using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Building;

/// <summary>Items whose files are spelled in another case than on disk, with the right one: MSBuild itself opens them, so no later task could.</summary>
[MSBuildMultiThreadableTask]
public sealed class CorrectPathCase : BuildTask
{
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>All items in their order, or none when every name was right.</summary>
    [Output]
    public ITaskItem[] Corrected { get; private set; } = [];

    private protected override System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        bool changed = false;
        List<ITaskItem> items = [];
        foreach (ITaskItem item in Items)
        {
            string full = paths.Full(item.ItemSpec);
            string actual = paths.FullOnDisk(item.ItemSpec);
            TaskItem copy = new(item);
            if (full != actual)
            {
                Say(MessageImportance.Normal, BuildingDiagnostics.CaseCorrected, item.ItemSpec, actual);
                ((ITaskItem2)copy).EvaluatedIncludeEscaped = Escape(actual);
                changed = true;
            }

            items.Add(copy);
        }

        Corrected = changed ? [.. items] : [];
        return System.Threading.Tasks.Task.CompletedTask;
    }

    // MSBuild's special characters; the percent sign first, or it would escape the escapes.
    private static string Escape(string path) =>
        "%*?@$();'".Aggregate(path, (text, special) => text.Replace(special.ToString(), $"%{(int)special:x2}"));
}
