using System.Collections.Concurrent;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>The names in one folder, read once: most folders lack most names' first part, so that nearly every question costs no look at the disk. Safe for many threads.</summary>
/// <param name="folder">Full path; a folder that does not exist has no names.</param>
internal sealed class FolderListing(string folder, SourceSnapshot snapshot)
{
    private readonly ConcurrentDictionary<string, bool> _files = new(FilePathComparer.Instance);
    private readonly Lazy<Content> _content = new(() => List(folder));

    /// <summary>Whether any header here may have a precompiled one (a file or a folder) beside it.</summary>
    public bool HasPrecompiled => _content.Value.HasPrecompiled;

    /// <summary>Whether it is a file: clang takes one for a map of headers.</summary>
    public bool IsMap => _content.Value.IsFile;

    /// <summary>Whether a header of this name is there.</summary>
    /// <param name="name">Relative to the folder, with forward slashes.</param>
    public bool Has(string name)
    {
        int slash = name.IndexOf('/');
        return (name.StartsWith(".", StringComparison.Ordinal) || _content.Value.Names.Contains(slash < 0 ? name : name.Substring(0, slash)))
            && (_files.TryGetValue(name, out bool known) ? known : _files.GetOrAdd(name, IsFile));
    }

    private bool IsFile(string name) => File.Exists(snapshot.FullPath(folder, name));

    private static Content List(string folder)
    {
        HashSet<string> names = new(FilePathComparer.Instance);
        bool hasPrecompiled = false, isFile = false;
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(folder))
            {
                names.Add(Path.GetFileName(path));
                hasPrecompiled |= path.EndsWith(".gch", StringComparison.Ordinal);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Where nobody may look, a compiler finds nothing either.
            isFile = File.Exists(folder);
        }

        return new Content(names, hasPrecompiled, isFile);
    }

    private sealed record Content(HashSet<string> Names, bool HasPrecompiled, bool IsFile);
}
