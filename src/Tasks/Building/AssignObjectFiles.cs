using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Building;

/// <summary>
/// Turns the ObjectFileName of each item, a file or a folder, into the object's file. Two sources of one name in one folder would overwrite each
/// other's object (in Visual Studio they do, with warning MSB8027); here all but the first get a name with a digest of the source's path.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class AssignObjectFiles : BuildTask
{
    internal const string GivenObjectFileName = nameof(GivenObjectFileName);

    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Only these sources; empty for all.</summary>
    public string[] Selected { get; set; } = [];

    /// <summary>Objects exist already: only say where, rename nothing.</summary>
    public bool Compiled { get; set; }

    /// <summary>The sources, in their order, with ObjectFileName (below the project: relative), ObjectFolder, and GivenObjectFileName: what the project said.</summary>
    [Output]
    public ITaskItem[] Assigned { get; private set; } = [];

    private protected override System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        Dictionary<string, ITaskItem> taken = new(FilePathComparer.Instance);
        List<ITaskItem> assigned = [];
        HashSet<string> selected = [.. Selected.Select(paths.FullOnDisk)];
        foreach (ITaskItem source in Sources.Where(source => selected.Count == 0 || selected.Contains(paths.FullOnDisk(source.ItemSpec))))
        {
            string file = ObjectFile.For(ItemLists.Text(ItemLists.Escaped(source, "ObjectFileName")), source.ItemSpec, paths);
            if (!Compiled && taken.TryGetValue(file, out ITaskItem? first))
            {
                string renamed = Unique(file, paths.Full(source.ItemSpec), paths);
                Say(MessageImportance.Normal, BuildingDiagnostics.ObjectRenamed, source.ItemSpec, first.ItemSpec, paths.Write(file), paths.Write(renamed));
                file = renamed;
            }

            taken[file] = source;
            TaskItem item = new(source);
            if (source.GetMetadata("ObjectFolder").Length == 0)
            {
                item.SetMetadata(GivenObjectFileName, ItemLists.Escaped(source, "ObjectFileName"));
            }

            ((ITaskItem2)item).SetMetadataValueLiteral("ObjectFileName", paths.Write(file));
            ((ITaskItem2)item).SetMetadataValueLiteral("ObjectFolder", paths.Write(Path.GetDirectoryName(file)!));
            assigned.Add(item);
        }

        Assigned = [.. assigned];
        return System.Threading.Tasks.Task.CompletedTask;
    }

    /// <summary>The name depends on the source's place in the project only, not on the other sources.</summary>
    private static string Unique(string file, string source, ProjectPaths paths)
    {
        string digest = XxHash64.Hash(Encoding.UTF8.GetBytes(paths.Write(source))).ToString("x16", CultureInfo.InvariantCulture).Substring(0, 8);
        return Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{digest}{Path.GetExtension(file)}");
    }
}
