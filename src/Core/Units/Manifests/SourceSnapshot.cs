using System.Collections.Concurrent;
using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>Files and folders as they are during one batch. Safe for many threads.</summary>
public sealed class SourceSnapshot
{
    private readonly SourceFiles _files;
    private readonly ConcurrentDictionary<string, SourceFile> _seen = new(FilePathComparer.Instance);
    private readonly ConcurrentDictionary<string, FolderListing> _listings = new(FilePathComparer.Instance);
    private readonly ConcurrentDictionary<string, SourceView> _views = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceTraits> _words = new(StringComparer.Ordinal);

    internal SourceSnapshot(SourceFiles files) => _files = files;

    /// <summary>When nothing had been looked at yet, nanoseconds since 1970 UTC.</summary>
    internal long Taken { get; } = FileIdentity.Now();

    /// <summary>The same files by the paths of commands that start in this folder.</summary>
    public SourceView In(string workingDirectory) =>
        _views.TryGetValue(workingDirectory, out SourceView? view) ? view : _views.GetOrAdd(workingDirectory, folder => new SourceView(this, folder));

    /// <summary>Whether what a compiler read of a file during this batch may be something else than <see cref="Get"/> says.</summary>
    internal bool MayHaveChanged(string path) => !FileIdentity.TryRead(path, out FileIdentity now) || !now.SettledBefore(Taken);

    /// <param name="path">Full path.</param>
    internal SourceFile Get(string path) => _seen.TryGetValue(path, out SourceFile? file) ? file : _seen.GetOrAdd(path, _files.Read);

    /// <param name="path">Full path.</param>
    internal FolderListing Folder(string path) => _listings.GetOrAdd(path, folder => new FolderListing(folder, this));

    /// <summary>What the words of a command ask for that no file says, as in <c>-DNOW=__TIME__</c>. What stands between two of them joins neither lines nor words.</summary>
    internal SourceTraits Words(IReadOnlyList<string> words) =>
        _words.GetOrAdd(string.Join("\n;\n", words), static text => SourceScanner.Scan(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// A full path by which everybody who means a file finds it, so that it is read once. <c>..</c> goes only where that is what the system does: out of
    /// a folder that is a symbolic link it leads elsewhere, which .NET's own paths do not know.
    /// </summary>
    internal string FullPath(string workingDirectory, string path)
    {
        string whole = Path.Combine(workingDirectory, path);
        if (Path.DirectorySeparatorChar == '\\' || whole.IndexOf("/..", StringComparison.Ordinal) < 0)
        {
            return Path.GetFullPath(whole);
        }

        string reached = "/";
        foreach (string part in whole.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            reached = part == ".." ? Path.GetDirectoryName(_links.GetOrAdd(reached, IsLink) ? RealPath.Of(reached) : reached) ?? "/"
                : part == "." ? reached
                : Path.Combine(reached, part);
        }

        return reached;
    }

    private static bool IsLink(string folder)
    {
        try
        {
            return (File.GetAttributes(folder) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
