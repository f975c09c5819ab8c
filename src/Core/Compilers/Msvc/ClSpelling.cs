using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Spells the files that cl reports as a command would: cl gives full paths, in lower case and with backslashes, while folders of headers are compared as the command
/// and the environment spell them.
/// </summary>
internal sealed class ClSpelling
{
    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    private static readonly StringComparison Comparison = IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly (string Full, string Spelled)[] _folders;

    /// <param name="folders">In which headers are found, as the command spells them.</param>
    public ClSpelling(CompileCommand command, IEnumerable<string> folders) => _folders =
    [
        .. folders.Prepend("").Select(folder => (Full: End(Full(command, folder)), Spelled: folder.Length == 0 ? "" : End(Slashes(folder))))
            .OrderByDescending(folder => folder.Full.Length),
    ];

    /// <summary>With slashes, and from the longest folder that it is below.</summary>
    public string Of(string reported)
    {
        string path = Slashes(reported);
        path = path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
        foreach ((string full, string spelled) in _folders)
        {
            if (path.Length > full.Length && path.StartsWith(full, Comparison))
            {
                return spelled + path.Substring(full.Length);
            }
        }

        return path;
    }

    /// <summary>A path with slashes, where backslashes separate too.</summary>
    public static string Slashes(string path) => IsWindows ? path.Replace('\\', '/') : path;

    private static string Full(CompileCommand command, string folder)
    {
        try
        {
            return Slashes(command.FullPath(folder));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return folder;
        }
    }

    private static string End(string folder) => folder.EndsWith("/", StringComparison.Ordinal) ? folder : folder + "/";
}
