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
