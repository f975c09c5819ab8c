using System.Collections.Concurrent;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Units.Records;

/// <summary>One look at each file per build, however many units read it. Safe for many threads.</summary>
public sealed class FileStamps
{
    // Where the system does not tell a folder's size.
    private const long FolderSize = -2;

    private readonly ConcurrentDictionary<string, Look> _looks = new(FilePathComparer.Instance);
    private readonly Lazy<SourceSnapshot> _folders = new(() => new SourceFiles().Snapshot());
    private int _count;
    private int _generation;

    /// <summary>How often a file was looked at.</summary>
    public int Looks => Volatile.Read(ref _count);

    /// <summary>Changes whenever a remembered stamp is given up.</summary>
    internal int Generation => Volatile.Read(ref _generation);

    /// <summary>The stamp of a file, or of a folder, which changes when a name in it comes or goes.</summary>
    public FileStamp Get(string path) => LookAt(path).Stamp;

    internal FileStamp Get(string path, out InodeStamp inode)
    {
        Look look = LookAt(path);
        inode = look.Identity is FileIdentity identity ? new InodeStamp(identity.Changed, identity.Inode) : default;
        return look.Stamp;
    }

    /// <summary>Whether a file of this name is in the folder; each folder is listed once.</summary>
    internal bool Has(string folder, string name) => _folders.Value.Folder(folder).Has(name);

    /// <summary>Looks again, at a file that this build wrote.</summary>
    public FileStamp Refresh(string path)
    {
        _looks.TryRemove(path, out _);
        Interlocked.Increment(ref _generation);
        return Get(path);
    }

    /// <summary>
    /// Whether a change of the file after this moment must show as another stamp: the file was at rest at the moment, and when it was looked at.
    /// </summary>
    /// <param name="moment">Nanoseconds since 1970 UTC.</param>
    internal FileStamp Get(string path, long moment, out bool tellsChanges)
    {
        Look look = LookAt(path);
        tellsChanges = look.Identity is not FileIdentity identity || identity.SettledBefore(Math.Min(look.Taken, moment));
        return look.Stamp;
    }

    private Look LookAt(string path) => _looks.TryGetValue(path, out Look? look) ? look : _looks.GetOrAdd(path, TakeLook);

    private Look TakeLook(string path)
    {
        Interlocked.Increment(ref _count);
        long taken = FileIdentity.Now();
        return FileIdentity.TryRead(path, out FileIdentity identity, out bool isMissing)
            ? new Look(new FileStamp(identity.Size, identity.Modified), identity, taken)
            : new Look(!isMissing && Directory.Exists(path) ? new FileStamp(FolderSize, FileIdentity.Nanoseconds(Directory.GetLastWriteTimeUtc(path))) : FileStamp.Missing, null, taken);
    }

    // A class: dictionaries of references are precompiled in the framework, of this type they would be compiled in every build process.
    private sealed record Look(FileStamp Stamp, FileIdentity? Identity, long Taken);
}
