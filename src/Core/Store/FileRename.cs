#if NETSTANDARD2_0
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace DistBuild.Core.Store;

/// <summary>Renames one file over another in one step, which .NET Framework's own File class cannot.</summary>
internal static class FileRename
{
#if NETSTANDARD2_0
    // winbase.h and errno.h.
    private const int ReplaceExisting = 1, PathNotFound = 3, AccessDenied = 5, NoEntry = 2, NoPermission = 13;

    public static void Over(string from, string to)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            if (!MoveFileEx(from, to, ReplaceExisting))
            {
                throw Failure(from, to, Marshal.GetLastWin32Error(), PathNotFound, AccessDenied, unchecked((int)0x80070000));
            }
        }
        else if (Rename(Bytes(from), Bytes(to)) != 0)
        {
            throw Failure(from, to, Marshal.GetLastWin32Error(), NoEntry, NoPermission, 0);
        }
    }

    private static Exception Failure(string from, string to, int code, int notFound, int denied, int facility)
    {
        string message = $"Cannot rename '{from}' to '{to}': {new Win32Exception(code).Message}";
        return code == notFound ? new DirectoryNotFoundException(message)
            : code == denied ? new UnauthorizedAccessException(message)
            : new IOException(message, facility | code);
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename(byte[] from, byte[] to);
#else
    public static void Over(string from, string to) => File.Move(from, to, overwrite: true);
#endif
}
