namespace DistBuild.Core.Units.Records;

/// <summary>What a record remembers of a file: a different stamp is a different file, whether newer or older.</summary>
/// <param name="Size">Bytes; <see cref="Missing"/> has -1.</param>
/// <param name="Modified">Nanoseconds since 1970 UTC.</param>
public readonly record struct FileStamp(long Size, long Modified)
{
    /// <summary>The stamp of a file that is not there, which is worth remembering: its appearing is a change.</summary>
    public static FileStamp Missing { get; } = new(-1, 0);
}

/// <summary>What only the system itself writes about a file.</summary>
/// <param name="Changed">Inode change time, nanoseconds since 1970 UTC; 0 where the system does not tell.</param>
/// <param name="Number">0 where the system does not tell.</param>
public readonly record struct InodeStamp(long Changed, ulong Number);
