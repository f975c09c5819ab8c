using System.Collections.Concurrent;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// Contents of sources and headers for one build: each file is read, hashed and scanned once, whoever includes it, and again only when its identity changed.
/// Safe for many threads.
/// </summary>
public sealed class SourceFiles
{
    private readonly ConcurrentDictionary<string, Known> _files = new(FilePathComparer.Instance);

    /// <summary>A view that looks at each file's identity once: for one batch, between whose units nothing is generated.</summary>
    public SourceSnapshot Snapshot() => new(this);

    internal SourceFile Read(string path)
    {
        if (!FileIdentity.TryRead(path, out FileIdentity now))
        {
            return SourceFile.Missing;
        }

        if (_files.TryGetValue(path, out Known? known) && known.Identity == now)
        {
            return known.File;
        }

        long started = FileIdentity.Now();
        SourceFile file = ReadContent(path);

        // Kept only if a later write must show as another identity; until then it is read anew.
        if (file.Content is not null && now.SettledBefore(started) && FileIdentity.TryRead(path, out FileIdentity after) && after == now)
        {
            _files[path] = new Known(now, file);
        }

        return file;
    }

    private static SourceFile ReadContent(string path)
    {
        try
        {
            using RentedFile? text = RentedFile.Read(path, int.MaxValue);
            return text is { Bytes: var bytes } ? new SourceFile(Digest.Of(bytes.Span), SourceScanner.Scan(bytes.Span)) : SourceFile.Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SourceFile.Missing;
        }
    }

    // A class: dictionaries of references are precompiled in the framework, of this pair they would be compiled in every build process.
    private sealed record Known(FileIdentity Identity, SourceFile File);
}

/// <summary>What a key needs to know of a file.</summary>
/// <param name="Content">Null when it is missing or cannot be read.</param>
public sealed record SourceFile(Digest? Content, SourceTraits Traits)
{
    public static SourceFile Missing { get; } = new(null, SourceTraits.None);
}

/// <summary>Files and folders as they are during one batch. Safe for many threads.</summary>
public sealed class SourceSnapshot
{
    private readonly SourceFiles _files;
    private readonly ConcurrentDictionary<string, SourceFile> _seen = new(FilePathComparer.Instance);
    private readonly ConcurrentDictionary<string, bool> _exists = new(FilePathComparer.Instance);
    private readonly ConcurrentDictionary<string, HashSet<string>> _listings = new(FilePathComparer.Instance);

    private readonly long _taken = FileIdentity.Now();

    internal SourceSnapshot(SourceFiles files) => _files = files;

    /// <summary>Whether what a compiler read of a file during this batch may be something else than <see cref="Get"/> says.</summary>
    public bool MayHaveChanged(string path) => !FileIdentity.TryRead(path, out FileIdentity now) || !now.SettledBefore(_taken);

    /// <param name="path">Full path.</param>
    public SourceFile Get(string path) => _seen.TryGetValue(path, out SourceFile? file) ? file : _seen.GetOrAdd(path, _files.Read);

    /// <summary>Whether a header of this name is in the folder. Most folders lack most names' first part, so one listing answers nearly every question.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="name">Relative path with forward slashes.</param>
    public bool Has(string folder, string name)
    {
        int slash = name.IndexOf('/');
        HashSet<string> listing = _listings.GetOrAdd(folder, List);
        if (!listing.Contains(slash < 0 ? name : name.Substring(0, slash)) && !name.StartsWith(".", StringComparison.Ordinal))
        {
            return false;
        }

        return _exists.GetOrAdd(Path.GetFullPath(Path.Combine(folder, name)), File.Exists);
    }

    private static HashSet<string> List(string folder)
    {
        try
        {
            return new HashSet<string>(Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName)!, FilePathComparer.Instance);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }
}
