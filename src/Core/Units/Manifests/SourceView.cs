using System.Collections.Concurrent;

namespace DistBuild.Core.Units.Manifests;

/// <summary>A snapshot by paths as commands spell them: full, or relative to one working directory. Hundreds of units ask for the same few. Safe for many threads.</summary>
public sealed class SourceView
{
    private readonly SourceSnapshot _snapshot;
    private readonly string _workingDirectory;
    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FolderListing> _folders = new(StringComparer.Ordinal);

    internal SourceView(SourceSnapshot snapshot, string workingDirectory) => (_snapshot, _workingDirectory) = (snapshot, workingDirectory);

    public string FullPath(string path) => _paths.TryGetValue(path, out string? full) ? full : _paths.GetOrAdd(path, Resolve);

    public SourceFile Get(string path) => _files.TryGetValue(path, out SourceFile? file) ? file : _files.GetOrAdd(path, Read);

    /// <summary>Whether a header of this name is in the folder.</summary>
    public bool Has(string folder, string name) => Folder(folder).Has(name);

    /// <summary>As <see cref="SourceSnapshot.MayHaveChanged"/>.</summary>
    public bool MayHaveChanged(string path) => _snapshot.MayHaveChanged(FullPath(path));

    internal FolderListing Folder(string folder) => _folders.TryGetValue(folder, out FolderListing? listing) ? listing : _folders.GetOrAdd(folder, List);

    private string Resolve(string path) => _snapshot.FullPath(_workingDirectory, path);

    private SourceFile Read(string path) => _snapshot.Get(FullPath(path));

    private FolderListing List(string folder) => _snapshot.Folder(FullPath(folder));
}
