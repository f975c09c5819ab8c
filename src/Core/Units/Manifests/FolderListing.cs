using System.Collections.Concurrent;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>The names in one folder, read once: most folders lack most names' first part, so that nearly every question costs no look at the disk. Safe for many threads.</summary>
/// <param name="folder">Full path; a folder that does not exist has no names.</param>
internal sealed class FolderListing(string folder, SourceSnapshot snapshot)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(FilePathComparer.Instance);
    private readonly Lazy<Content> _content = new(() => List(folder));

    // By the names' numbers in one pool of texts; names of another pool are looked up one by one.
    private byte[] _absent = [];
    private TextPool? _pool;

    /// <summary>Whether any header here may have a precompiled one (a file or a folder) beside it.</summary>
    public bool HasPrecompiled => _content.Value.HasPrecompiled;

    /// <summary>Whether it is a file: clang takes one for a map of headers.</summary>
    public bool IsMap => _content.Value.IsFile;

    /// <summary>Whether a header of this name is there.</summary>
    /// <param name="name">Relative to the folder, with forward slashes.</param>
    public bool Has(string name) => _known.TryGetValue(name, out bool has) ? has : _known.GetOrAdd(name, Look);

    /// <summary>Whether none of these headers is there.</summary>
    public bool Lacks(IReadOnlyList<string> names)
    {
        if (names is PooledTexts pooled && pooled.Pool == (Interlocked.CompareExchange(ref _pool, pooled.Pool, null) ?? pooled.Pool))
        {
            return Lacks(pooled);
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (Has(names[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Thousands of names a unit, mostly those of the unit before: what is known of each is one byte.
    private bool Lacks(PooledTexts names)
    {
        byte[] absent = Volatile.Read(ref _absent);
        foreach (int id in names.Ids)
        {
            if (id < absent.Length && absent[id] != 0)
            {
                continue;
            }

            if (Has(names.Pool[id]))
            {
                return false;
            }

            if (id >= absent.Length)
            {
                // Of two threads that do this at once, one looks again at what the other knew.
                Array.Resize(ref absent, Math.Max(names.Pool.Count, id + 1));
                Volatile.Write(ref _absent, absent);
            }

            absent[id] = 1;
        }

        return true;
    }

    private bool Look(string name)
    {
        int slash = name.IndexOf('/');
        return (name.StartsWith(".", StringComparison.Ordinal) || _content.Value.Names.Contains(slash < 0 ? name : name.Substring(0, slash)))
            && File.Exists(snapshot.FullPath(folder, name));
    }

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
