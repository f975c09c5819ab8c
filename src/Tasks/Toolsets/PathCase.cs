using System.Collections.Concurrent;

namespace DistBuild.Tasks.Toolsets;

/// <summary>
/// Finds files whose case is spelled wrongly, as a project written on Windows may do on a file system that minds case. Remembers what it saw,
/// so one instance belongs to one task call. Safe for several threads.
/// </summary>
internal sealed class PathCase
{
    private readonly ConcurrentDictionary<string, string> _resolved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string[]> _entries = new(StringComparer.Ordinal);

    /// <summary>
    /// The path as the file system spells it. An exact match wins; of several that differ only by case, the first in ordinal order;
    /// from the first part that does not exist in any case on, the path stays as it is.
    /// </summary>
    /// <param name="fullPath">A full path without <c>..</c> parts and without a trailing separator.</param>
    public string Resolve(string fullPath) => _resolved.GetOrAdd(fullPath, Find);

    private string Find(string fullPath)
    {
        if (File.Exists(fullPath) || Directory.Exists(fullPath) || Path.GetDirectoryName(fullPath) is not { } parent)
        {
            return fullPath;
        }

        string folder = Resolve(parent);
        string name = Path.GetFileName(fullPath);
        string? actual = Array.Find(_entries.GetOrAdd(folder, Entries), entry => string.Equals(entry, name, StringComparison.OrdinalIgnoreCase));
        return Path.Combine(folder, actual ?? name);
    }

    private static string[] Entries(string folder)
    {
        try
        {
            string[] names = Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))] : [];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed has nothing to offer; the compiler will say what is missing.
            return [];
        }
    }
}
