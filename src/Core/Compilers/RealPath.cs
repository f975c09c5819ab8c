namespace DistBuild.Core.Compilers;

/// <summary>A path without symbolic links.</summary>
internal static class RealPath
{
    // Linux' own limit (MAXSYMLINKS).
    private const int MaximumLinks = 40;

    /// <summary>The path of what a path leads to; the path itself where something is missing on the way or links go in circles.</summary>
    public static string Of(string path)
    {
#if NETSTANDARD2_0
        // .NET Framework cannot read links; there, a compiler behind one is simply known by the link's name.
        return Path.GetFullPath(path);
#else
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
#endif
    }

    /// <summary>Every name a file goes by, from the given one along its symbolic links to the file itself.</summary>
    public static IReadOnlyList<string> Chain(string path)
    {
        List<string> chain = [Path.GetFullPath(path)];
#if !NETSTANDARD2_0
        while (chain.Count <= MaximumLinks && Target(chain[chain.Count - 1]) is string target)
        {
            chain.Add(target);
        }
#endif
        return chain;
    }

#if !NETSTANDARD2_0
    private static string? WithoutFirstLink(string full)
    {
        for (int end = full.IndexOf('/', 1); ; end = full.IndexOf('/', end + 1))
        {
            string part = end < 0 ? full : full[..end];
            if (Target(part) is string target)
            {
                return end < 0 ? target : Path.GetFullPath(target + full[end..]);
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
            string? target = new FileInfo(path).LinkTarget;
            return target is null ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "/", target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
#endif
}
