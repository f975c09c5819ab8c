using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>What must be left because something else is: items of one name, and makers and users of one precompiled header.</summary>
internal sealed class LeftTogether
{
    private readonly HashSet<string> _names, _leftMade, _leftOther, _made, _used, _rewritten;

    public LeftTogether(IReadOnlyCollection<SelectedUnit> taken, IReadOnlyCollection<LeftUnit> left, ProjectPaths paths)
    {
        _names = new(left.Select(unit => unit.Item.ItemSpec), StringComparer.OrdinalIgnoreCase);
        _leftMade = Headers(left.Select(unit => HeaderOf(unit.Item, "Create", paths)));
        _leftOther = Headers(left.Select(unit => HeaderOf(unit.Item, "Use", paths)));
        _made = Headers(taken.Where(unit => unit.MakesPrecompiledHeader).Select(unit => unit.PrecompiledHeader));
        _used = Headers(taken.Where(unit => !unit.MakesPrecompiledHeader).Select(unit => unit.PrecompiledHeader));
        _rewritten = Headers(taken.Where(unit => unit.Original is not null).Select(unit => unit.PrecompiledHeader));
    }

    /// <summary>Why the unit cannot be taken, or null.</summary>
    public string? Why(SelectedUnit unit)
    {
        if (_names.Contains(unit.Item.ItemSpec))
        {
            // Items are taken out of the project's list by name.
            return "it stands in the project twice, and the other cannot be served";
        }

        if (unit.PrecompiledHeader is not { } header)
        {
            return null;
        }

        string name = Path.GetFileName(header);
        return _leftMade.Contains(header) ? $"{name} is made by the project's own compiler"
            : _rewritten.Contains(header) && _leftOther.Contains(header) ? $"other users of {name} are left, and all must have their debug information in one place"
            : unit.Verdict is CommandVerdict.RunLocally { Awaits: not null } && !_made.Contains(header) ? $"{name} is not there, and nothing here makes it"
            : unit.MakesPrecompiledHeader && !_used.Contains(header) ? $"nothing that is served uses {name}"
            : null;
    }

    private static string? HeaderOf(ITaskItem item, string use, ProjectPaths paths)
    {
        string file = ItemLists.Text(ItemLists.Escaped(item, "PrecompiledHeaderOutputFile"));
        return file.Length > 0 && item.GetMetadata("PrecompiledHeader") == use ? paths.Full(file) : null;
    }

    private static HashSet<string> Headers(IEnumerable<string?> headers) => new(headers.OfType<string>(), FilePathComparer.Instance);
}
