using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DistBuild.Core.Hashing;

/// <summary>What Windows says of a file or a folder, with its change time and its number on the volume, which .NET's own file classes do not give.</summary>
internal static class WindowsFile
{
    // winnt.h, winbase.h, fileapi.h, winerror.h.
    private const uint ReadAttributes = 0x80, ShareAll = 7, OpenExisting = 3, AlsoFolders = 0x0200_0000, OnDisk = 1, Folder = 0x10;
    private const int BasicInformation = 0, NoFile = 2, NoPath = 3;

    // FILETIME counts 100 ns from 1601.
    private const long EpochTicks = 116_444_736_000_000_000, NanosecondsPerTick = 100;

    // A longer path is another one to systems without long paths (MAX_PATH, less a short file name).
    private const int LongestPath = 247;

    /// <summary>Follows links, as a compiler that opens the file does. Whoever writes the file at this moment is not disturbed.</summary>
    public static StatxAnswer Read(string path, out FileIdentity identity)
    {
        identity = default;
        if (path.Length > LongestPath || path.AsSpan().IndexOf('\0') >= 0)
        {
            return StatxAnswer.Unknown;
        }

        using SafeFileHandle file = CreateFile(path, ReadAttributes, ShareAll, IntPtr.Zero, OpenExisting, AlsoFolders, IntPtr.Zero);
        if (file.IsInvalid)
        {
            return Marshal.GetLastWin32Error() is NoFile or NoPath ? StatxAnswer.Missing : StatxAnswer.Unknown;
        }

        if (GetFileType(file) != OnDisk)
        {
            // A pipe or a device: it has no content that stays.
            return StatxAnswer.Missing;
        }

        if (!GetFileInformationByHandle(file, out Information whole) || !GetFileInformationByHandleEx(file, BasicInformation, out Times times, Marshal.SizeOf<Times>()))
        {
            return StatxAnswer.Unknown;
        }

        long size = (long)(((ulong)whole.SizeHigh << 32) | whole.SizeLow);
        ulong number = ((ulong)whole.IndexHigh << 32) | whole.IndexLow;
        identity = new FileIdentity(path, (whole.Attributes & Folder) != 0 ? 0 : size, Nanoseconds(times.Modified), times.Changed == 0 ? 0 : Nanoseconds(times.Changed), number);
        return StatxAnswer.Found;
    }

    private static long Nanoseconds(long fileTime) => (fileTime - EpochTicks) * NanosecondsPerTick;

    [DllImport("kernel32", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetFileType(SafeFileHandle file);

    [DllImport("kernel32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformationByHandle(SafeFileHandle file, out Information information);

    [DllImport("kernel32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformationByHandleEx(SafeFileHandle file, int kind, out Times information, int size);

    /// <summary>BY_HANDLE_FILE_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Information
    {
        public uint Attributes;
        public long Created;
        public long Accessed;
        public long Modified;
        public uint Volume;
        public uint SizeHigh;
        public uint SizeLow;
        public uint Links;
        public uint IndexHigh;
        public uint IndexLow;
    }

    /// <summary>FILE_BASIC_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Times
    {
        public long Created;
        public long Accessed;
        public long Modified;
        public long Changed;
        public uint Attributes;
    }
}
