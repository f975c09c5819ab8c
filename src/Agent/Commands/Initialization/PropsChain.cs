using System.Text.RegularExpressions;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>
/// Which <c>Directory.Build.props</c> files MSBuild reads for a project: the nearest one above it, and only if that one imports a further one, that too.
/// Read from the text, without evaluating: a search for the file above, or an import whose path names another <c>Directory.Build.props</c>.
/// </summary>
internal static partial class PropsChain
{
    public const string FileName = "Directory.Build.props";

    /// <summary>Full paths, nearest first.</summary>
    public static IReadOnlyList<string> Of(string project)
    {
        List<string> chain = [];
        string? next = Above(Path.GetDirectoryName(project), FileName);
        while (next is not null && !chain.Contains(next))
        {
            chain.Add(next);
            next = Imported(next);
        }

        return chain;
    }

    /// <summary>The nearest file of this name in a folder or above it, or null.</summary>
    public static string? Above(string? folder, string fileName)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, fileName);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A file is there and has this text in it, in any case.</summary>
    public static bool Mentions(string path, string text) => TextFile.TryRead(path)?.Text.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Imported(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string text = TextFile.TryRead(path)?.Text ?? "";
        if (LooksAbove().IsMatch(text))
        {
            return Above(Path.GetDirectoryName(folder), FileName);
        }

        foreach (Match import in Import().Matches(text))
        {
            string target = import.Groups["path"].Value;
            if (target.EndsWith(FileName, StringComparison.OrdinalIgnoreCase))
            {
                string relative = ThisFileDirectory().Replace(target, "").Replace('\\', '/');
                string imported = Path.GetFullPath(Path.Combine(folder, relative));
                if (File.Exists(imported))
                {
                    return imported;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(
        """GetPathOfFileAbove\(\s*['"]?(Directory\.Build\.props|\$\(MSBuildThisFile\))|GetDirectoryNameOfFileAbove\([^)]*Directory\.Build\.props""",
        RegexOptions.IgnoreCase)]
    private static partial Regex LooksAbove();

    [GeneratedRegex("""<Import\b[^>]*?\bProject\s*=\s*(?<quote>["'])(?<path>.*?)\k<quote>""", RegexOptions.Singleline)]
    private static partial Regex Import();

    [GeneratedRegex("""\$\(MSBuildThisFileDirectory\)[\\/]?""", RegexOptions.IgnoreCase)]
    private static partial Regex ThisFileDirectory();
}
