namespace DistBuild.Core.Hashing;

/// <summary>
/// What a file system says of a file without its content being read. Equal identities mean unchanged content where <see cref="Changed"/> is known:
/// a program can set the modification time back, but not the change time.
/// </summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Content modification time, nanoseconds since 1970 UTC.</param>
/// <param name="Changed">Inode change time, nanoseconds since 1970 UTC; 0 where the system does not tell (macOS, FAT).</param>
/// <param name="Inode">The file's number; 0 where the system does not tell.</param>
public readonly record struct FileIdentity(string Path, long Size, long Modified, long Changed, ulong Inode)
{
    // Kernels take file times from a clock that steps with their tick, 16 ms at most; file systems that keep whole seconds only step up to 2 s (FAT).
    private const long Step = 20_000_000, CoarseStep = 2_000_000_000, Second = 1_000_000_000;

    private const long NanosecondsPerTick = 100;

    private static readonly bool OnWindows = System.IO.Path.DirectorySeparatorChar == '\\';

    /// <summary>
    /// Whether the file was last touched so long before a moment that a later touch must show as another identity.
    /// File times step; two writes within one step look the same.
    /// </summary>
    /// <param name="moment">Nanoseconds since 1970 UTC.</param>
    public bool SettledBefore(long moment) => Touched < moment - (Touched % Second == 0 ? CoarseStep : Step);

    /// <summary>Looks at a file or a folder; false when there is none, it cannot be looked at, or it is a pipe or a device, whose content nobody reads twice.</summary>
    public static bool TryRead(string path, out FileIdentity identity)
    {
        StatxAnswer answer = OnWindows ? WindowsFile.Read(path, out identity) : Statx.Read(path, out identity);
        return answer == StatxAnswer.Unknown ? TryReadPortably(path, out identity) : answer == StatxAnswer.Found;
    }

    /// <summary>As above; <paramref name="isMissing"/> says whether there certainly is neither file nor folder.</summary>
    internal static bool TryRead(string path, out FileIdentity identity, out bool isMissing)
    {
        StatxAnswer answer = Statx.Read(path, out identity);
        isMissing = answer == StatxAnswer.Missing;
        return answer == StatxAnswer.Unknown ? TryReadPortably(path, out identity) : answer == StatxAnswer.Found;
    }

    /// <summary>This moment on the scale of <see cref="Modified"/>.</summary>
    public static long Now() => Nanoseconds(DateTime.UtcNow);

    /// <summary>A UTC time on the scale of <see cref="Modified"/>.</summary>
    public static long Nanoseconds(DateTime utc) => (utc.Ticks - 621_355_968_000_000_000) * NanosecondsPerTick;

    // Anybody may set the modification time, also into the future; the change time is the system's own.
    private long Touched => Changed != 0 ? Changed : Modified;

    internal static bool TryReadPortably(string path, out FileIdentity identity)
    {
        identity = default;
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return false;
            }

            identity = new FileIdentity(path, file.Length, Nanoseconds(file.LastWriteTimeUtc), 0, 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
