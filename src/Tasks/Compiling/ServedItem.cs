using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>A served item as the targets see it: by it they take the item out of the project's list, and tell Visual Studio which object is its.</summary>
internal static class ServedItem
{
    public const string Source = "DistBuildSource", Object = "DistBuildObject";

    public static ITaskItem Of(SelectedUnit unit)
    {
        TaskItem item = new(unit.Item.ItemSpec);
        ((ITaskItem2)item).SetMetadataValueLiteral(Source, unit.Unit.Source);
        ((ITaskItem2)item).SetMetadataValueLiteral(Object, unit.Unit.Object);
        return item;
    }
}
