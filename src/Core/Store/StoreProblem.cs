using System.Security;

namespace DistBuild.Core.Store;

/// <summary>Turns what a file system says into one sentence for a person: what, why, what to do.</summary>
internal static class StoreProblem
{
    // linux/errno.h and the BSDs agree on the first two; .NET hands errno out as the HResult of an IOException.
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, QuotaOnLinux = 122, QuotaOnBsd = 69;

    // winerror.h: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED, ERROR_WRITE_PROTECT as HRESULTs.
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027),
        WindowsQuota = unchecked((int)0x8007050F), WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Whether an exception is about files and disks rather than a mistake in this program.</summary>
    public static bool IsStateOfTheDisk(Exception e) =>
        // ArgumentException: .NET reports a path no file system takes with it, and a file over the process's size limit (EFBIG) too.
        e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    public static string Describe(string folder, Exception e)
    {
        (string why, string cure) = e switch
        {
            ArgumentOutOfRangeException => ("this process may not write files that large", "Raise the file size limit (ulimit -f)"),
            UnauthorizedAccessException or SecurityException => ($"this account may not write there ({e.Message})", "Give this account the folder"),
            _ when IsFull(e.HResult) => ("the disk or its quota is full", "Free some space"),
            _ when IsReadOnly(e.HResult) => ("the file system is read-only", "Make it writable"),
            _ => (e.Message.TrimEnd('.'), "Make it a folder that this account can write"),
        };
        return $"The compile cache in '{folder}' cannot keep new results: {why}. {cure}, or set DistBuildStore to another folder.";
    }

    public static string Newer(string folder, string version) =>
        $"The compile cache in '{folder}' is not used: its store version is '{version}' and this DistBuild knows versions up to {StoreLayout.Version}. "
        + "Update DistBuild here, or set DistBuildStore to another folder.";

    // The numbers of one system mean nothing on the other; mono gives those of Windows everywhere.
    private static bool IsFull(int code) =>
        code is WindowsDiskFull or WindowsHandleDiskFull or WindowsQuota or NoSpace or QuotaOnLinux or QuotaOnBsd;

    private static bool IsReadOnly(int code) => code is WindowsWriteProtected or ReadOnlyFileSystem;
}
