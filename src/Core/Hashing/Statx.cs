using System.Runtime.InteropServices;
using System.Text;

namespace DistBuild.Core.Hashing;

internal enum StatxAnswer
{
    /// <summary>Not on this system, or an error that another way of looking may not have.</summary>
    Unknown,

    Missing,
    Found,
}

/// <summary>Linux's statx(2): one system call with nanosecond times and the change time, which .NET's own file classes do not give.</summary>
internal static unsafe class Statx
{
    // linux/fcntl.h, linux/stat.h, asm-generic/errno-base.h.
    private const int CurrentFolder = -100, NoEntry = 2, NotAFolder = 20;
    private const uint Type = 0x1, Size = 0x200, Modified = 0x40, Changed = 0x80, Inode = 0x100, Wanted = Type | Size | Modified | Changed | Inode;
    private const ushort TypeMask = 0xF000, Folder = 0x4000, Regular = 0x8000;

    private const int StackPath = 512;

    private static volatile bool _isGlibc = true;

    private static volatile bool _absent = !RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static StatxAnswer Read(string path, out FileIdentity identity)
    {
        identity = default;
        if (_absent || path.AsSpan().IndexOf('\0') >= 0)
        {
            return StatxAnswer.Unknown;
        }

        int longest = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        byte* stack = stackalloc byte[StackPath];
        if (longest <= StackPath)
        {
            return Read(path, stack, longest, out identity);
        }

        fixed (byte* heap = new byte[longest])
        {
            return Read(path, heap, longest, out identity);
        }
    }

    private static StatxAnswer Read(string path, byte* buffer, int capacity, out FileIdentity identity)
    {
        identity = default;
        fixed (char* characters = path)
        {
            buffer[Encoding.UTF8.GetBytes(characters, path.Length, buffer, capacity - 1)] = 0;
        }

        try
        {
            Answer answer;
            if ((_isGlibc ? CallGlibc(CurrentFolder, buffer, 0, Wanted, &answer) : Call(CurrentFolder, buffer, 0, Wanted, &answer)) != 0)
            {
                return Marshal.GetLastWin32Error() is NoEntry or NotAFolder ? StatxAnswer.Missing : StatxAnswer.Unknown;
            }

            if ((answer.Mask & Wanted) != Wanted)
            {
                return StatxAnswer.Unknown;
            }

            if ((answer.Mode & TypeMask) is not (Regular or Folder))
            {
                // A pipe or a device: it has no content that stays.
                return StatxAnswer.Missing;
            }

            identity = new FileIdentity(path, (long)answer.Size, answer.Modified.Nanoseconds, answer.Changed.Nanoseconds, answer.Inode);
            return StatxAnswer.Found;
        }
        catch (DllNotFoundException) when (_isGlibc)
        {
            _isGlibc = false;
            return Read(path, buffer, capacity, out identity);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            _absent = true;
            return StatxAnswer.Unknown;
        }
    }

    // The whole name: of a short one the runtime tries a dozen spellings first.
    [DllImport("libc.so.6", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CallGlibc(int folder, byte* path, int flags, uint mask, Answer* answer);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Call(int folder, byte* path, int flags, uint mask, Answer* answer);

    /// <summary>struct statx of linux/stat.h, as far as it is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public Timestamp Changed;

        [FieldOffset(112)]
        public Timestamp Modified;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct Timestamp
    {
        [FieldOffset(0)]
        private readonly long _seconds;

        [FieldOffset(8)]
        private readonly uint _nanoseconds;

        public readonly long Nanoseconds => (_seconds * 1_000_000_000) + _nanoseconds;
    }
}
