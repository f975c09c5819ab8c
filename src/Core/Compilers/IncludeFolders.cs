namespace DistBuild.Core.Compilers;

/// <summary>Where a command makes its compiler look for headers.</summary>
/// <param name="Own">What the command itself names, in search order.</param>
/// <param name="After">What it names to be searched after the toolchain's own folders.</param>
/// <param name="Reason">Why there are more folders, or another order, than this; else null.</param>
public sealed record IncludeFolders(IReadOnlyList<string> Own, IReadOnlyList<string> After, string? Reason)
{
    /// <summary>Headers that the command itself includes, before the source.</summary>
    public IReadOnlyList<string> Forced { get; init; } = [];

    /// <summary>Folders of the toolchain that may be searched before or behind its others.</summary>
    public IReadOnlyList<string> Unordered { get; init; } = [];

    /// <summary>A quoted name is looked for beside every file on the way to the one that includes it, as cl does.</summary>
    public bool AsksEveryIncluder { get; init; }

    /// <summary>The compiler takes a precompiled header that stands where it looks for a header, and reports neither.</summary>
    public bool TakesPrecompiled { get; init; }
}
