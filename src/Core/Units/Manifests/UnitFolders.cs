namespace DistBuild.Core.Units.Manifests;

/// <summary>The folders of a unit's own files, where they matter to the header search of every file of the unit.</summary>
/// <param name="Folders">As the compiler spells them, each once.</param>
/// <param name="ComputesIncludes">Macros name headers, and nobody knows from where.</param>
public sealed record UnitFolders(IReadOnlyList<string> Folders, bool ComputesIncludes)
{
    public static UnitFolders None { get; } = new([], ComputesIncludes: false);

    /// <summary>Equal where the files of two units are searched for alike.</summary>
    public string Name => ComputesIncludes || Folders.Count > 0 ? $"{ComputesIncludes}\n{string.Join("\n", Folders)}" : "";
}
