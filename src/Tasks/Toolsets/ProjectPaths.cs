namespace DistBuild.Tasks.Toolsets;

/// <summary>
/// Paths of a project as its metadata spells them, and as a command should. Below the root they are written relative to the project, so that
/// neither the object (<c>__FILE__</c>) nor its key depends on where the checkout lies; elsewhere they are absolute.
/// </summary>
internal sealed class ProjectPaths
{
    private readonly PathCase _case = new();
    private readonly string _anchor;

    public ProjectPaths(string projectDirectory, string root)
    {
        ProjectDirectory = Trim(Path.GetFullPath(projectDirectory));
        _anchor = Anchor(ProjectDirectory, Trim(Path.GetFullPath(root)));
    }

    /// <summary>Full, without a trailing separator.</summary>
    public string ProjectDirectory { get; }

    private static StringComparison Comparison => OnWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>Whether a path begins with a drive or a server that this machine cannot have.</summary>
    public static bool IsForeign(string path)
    {
        string bare = Unquote(path);
        return !OnWindows && (
            bare.StartsWith(@"\\", StringComparison.Ordinal)
            || (bare.Length >= 2 && bare[1] == ':' && char.ToUpperInvariant(bare[0]) is >= 'A' and <= 'Z'));
    }

    /// <summary>A path of the metadata (either slash, quotes, relative to the project) as a full one, without a look at the disk.</summary>
    public string Full(string path)
    {
        string native = Unquote(path).Replace('\\', Path.DirectorySeparatorChar).Replace('/', Path.DirectorySeparatorChar);
        return Trim(Path.GetFullPath(Path.Combine(ProjectDirectory, native)));
    }

    /// <summary>As <see cref="Full"/>, with the case the file system has.</summary>
    public string FullOnDisk(string path) => _case.Resolve(Full(path));

    /// <summary>A full path as the command spells it, with forward slashes.</summary>
    public string Write(string fullPath)
    {
        string written = (_anchor.Length > 0 && IsWithin(fullPath, _anchor) ? Relative(fullPath) : fullPath).Replace('\\', '/');
        // A compiler would take such a name for an option or a response file.
        return written[0] is '-' or '@' ? "./" + written : written;
    }

    private string Relative(string fullPath)
    {
        string shared = ProjectDirectory;
        int up = 0;
        while (!IsWithin(fullPath, shared))
        {
            shared = Path.GetDirectoryName(shared)!;
            up++;
        }

        string below = fullPath.Substring(shared.Length).TrimStart(Path.DirectorySeparatorChar);
        List<string> parts = [.. Enumerable.Repeat("..", up)];
        if (below.Length > 0)
        {
            parts.Add(below);
        }

        return parts.Count == 0 ? "." : string.Join("/", parts);
    }

    /// <summary>The highest folder that "..", as the system resolves it, reaches from the project; empty when the project is outside the root.</summary>
    private static string Anchor(string projectDirectory, string root)
    {
        if (!IsWithin(projectDirectory, root))
        {
            return "";
        }

        string folder = projectDirectory;
        // The parent of a linked folder is its target's parent, not the one the path shows. Windows resolves ".." in the text.
        while (!string.Equals(folder, root, Comparison) && (OnWindows || !IsLink(folder)))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static bool IsLink(string folder)
    {
        try
        {
            return (File.GetAttributes(folder) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, Comparison)
        && (path.Length == folder.Length || folder[folder.Length - 1] == Path.DirectorySeparatorChar || path[folder.Length] == Path.DirectorySeparatorChar);

    private static string Unquote(string path) => path.Trim().Trim('"');

    private static string Trim(string fullPath) =>
        fullPath.Length > Path.GetPathRoot(fullPath)!.Length ? fullPath.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : fullPath;
}
