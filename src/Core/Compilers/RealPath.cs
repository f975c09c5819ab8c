using DistBuild.Core.Compatibility;

namespace DistBuild.Core.Compilers;

/// <summary>A path without symbolic links.</summary>
internal static class RealPath
{
    // Linux' own limit (MAXSYMLINKS).
    private const int MaximumLinks = 40;

    /// <summary>The path of what a path leads to; the path itself where something is missing on the way or links go in circles.</summary>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; links < MaximumLinks; links++)
        {
            if (WithoutFirstLink(full) is not string next)
            {
                return full;
            }

            full = next;
        }

        return Path.GetFullPath(path);
    }

    /// <summary>Every name a file goes by, from the given one along its symbolic links to the file itself.</summary>
    public static IReadOnlyList<string> Chain(string path)
    {
        List<string> chain = [Path.GetFullPath(path)];
        while (chain.Count <= MaximumLinks && Target(chain[chain.Count - 1]) is string target)
        {
            chain.Add(target);
        }

        return chain;
    }

    private static string? WithoutFirstLink(string full)
    {
        for (int end = full.IndexOf(Path.DirectorySeparatorChar, Path.GetPathRoot(full)!.Length); ; end = full.IndexOf(Path.DirectorySeparatorChar, end + 1))
        {
            string part = end < 0 ? full : full.Substring(0, end);
            if (Target(part) is string target)
            {
                return end < 0 ? target : Path.GetFullPath(target + full.Substring(end));
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private static string? Target(string path)
    {
        try
        {
            string? target = SymbolicLink.Target(path);
            return target is null ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "/", target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
