using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// What earlier compiles of one source with one command read, and the key of the result each time: with it a unit finds its result without starting a process.
/// </summary>
/// <param name="Entries">Newest first.</param>
public sealed record Manifest(IReadOnlyList<ManifestEntry> Entries)
{
    /// <summary>A source whose headers flip between more states than this (branches, configurations) is preprocessed again for the oldest ones.</summary>
    public const int MaximumEntries = 16;

    public static Manifest Empty { get; } = new([]);

    /// <summary>With this entry as the newest; an older one for the same result goes.</summary>
    public Manifest With(ManifestEntry entry) =>
        new([entry, .. Entries.Where(old => old.Result != entry.Result).Take(MaximumEntries - 1)]);
}

/// <summary>One set of inputs and the result they make.</summary>
/// <param name="Result">The key of the result.</param>
/// <param name="Inputs">Every file the compile read, the source included; those that a dependency file names come first, in its order.</param>
/// <param name="Absences">Names that must not appear in folders searched earlier: they would shadow an input.</param>
public sealed record ManifestEntry(Digest Result, IReadOnlyList<ManifestInput> Inputs, IReadOnlyList<ManifestAbsence> Absences)
{
    /// <summary>What a dependency file names, as far as a compiler was asked: then no compiler is needed to write it again.</summary>
    public DependencyLists Lists { get; init; }

    /// <summary>The files of one of the lists, in order.</summary>
    public IReadOnlyList<string> Listed(DependencyLists list) => [.. Inputs.Where(input => (input.Lists & list) != 0).Select(input => input.Path)];

    /// <summary>Of the inputs.</summary>
    internal string[] Paths()
    {
        string[] paths = new string[Inputs.Count];
        for (int i = 0; i < paths.Length; i++)
        {
            paths[i] = Inputs[i].Path;
        }

        return paths;
    }
}

/// <summary>The lists of files that a compiler makes.</summary>
[Flags]
public enum DependencyLists : byte
{
    None = 0,

    /// <summary>With system headers (<c>-MD</c>).</summary>
    All = 1,

    /// <summary>Without them (<c>-MMD</c>).</summary>
    Own = 2,
}

/// <param name="Path">As the compiler spells it: relative to the working directory, or full.</param>
/// <param name="Lists">Which of the entry's lists name it.</param>
public readonly record struct ManifestInput(string Path, Digest Content, DependencyLists Lists = DependencyLists.None);

/// <param name="Folder">As the compiler spells it.</param>
/// <param name="Names">Relative paths, with forward slashes, of which none exists in the folder.</param>
public sealed record ManifestAbsence(string Folder, IReadOnlyList<string> Names);
