using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>What a compiler read, as it spells it, the source included.</summary>
/// <param name="all">What its dependency file with system headers names, in order; null when it was not asked.</param>
/// <param name="own">As above, without system headers.</param>
/// <param name="more">Files known otherwise.</param>
internal sealed class ReadFiles(IReadOnlyList<string>? all, IReadOnlyList<string>? own, IReadOnlyList<string> more)
{
    private readonly HashSet<string> _all = new(all ?? [], StringComparer.Ordinal), _own = new(own ?? [], StringComparer.Ordinal);

    /// <summary>Each once; those that a list names come first, in its order.</summary>
    public IReadOnlyList<string> Files { get; } = [.. (all ?? own ?? []).Concat(own ?? []).Concat(more).Distinct(StringComparer.Ordinal)];

    public DependencyLists Lists { get; } = (all is null ? DependencyLists.None : DependencyLists.All) | (own is null ? DependencyLists.None : DependencyLists.Own);

    public DependencyLists ListsOf(string file) =>
        (_all.Contains(file) ? DependencyLists.All : DependencyLists.None) | (_own.Contains(file) ? DependencyLists.Own : DependencyLists.None);
}
