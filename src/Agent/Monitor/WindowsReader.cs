using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace DistBuild.Agent.Monitor;

/// <summary>Asks kernel32 and user32.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsReader : IMachineReader
{
    public ProcessorTimes? ReadProcessors() =>
        // Kernel time includes idle time.
        NativeMethods.GetSystemTimes(out ulong idle, out ulong kernel, out ulong user) ? new ProcessorTimes(kernel + user, idle) : null;

    public int? ReadFreeMemory()
    {
        NativeMethods.MemoryStatus status = new() { Length = (uint)Marshal.SizeOf<NativeMethods.MemoryStatus>() };
        return NativeMethods.GlobalMemoryStatusEx(ref status) ? (int)Math.Min(status.AvailablePhysical >> 20, int.MaxValue) : null;
    }

    /// <summary>Not told apart on Windows.</summary>
    public OwnUsage? ReadOwn() => null;

    /// <summary>Of the session that the agent runs in.</summary>
    public TimeSpan? ReadInputAge()
    {
        NativeMethods.LastInput input = new() { Length = (uint)Marshal.SizeOf<NativeMethods.LastInput>() };
        return NativeMethods.GetLastInputInfo(ref input) ? TimeSpan.FromMilliseconds(unchecked((uint)Environment.TickCount - input.Tick)) : null;
    }

    private static class NativeMethods
    {
        [DllImport("user32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetLastInputInfo(ref LastInput input);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetSystemTimes(out ulong idle, out ulong kernel, out ulong user);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GlobalMemoryStatusEx(ref MemoryStatus status);

        /// <summary>LASTINPUTINFO.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct LastInput
        {
            public uint Length;
            public uint Tick;
        }

        /// <summary>MEMORYSTATUSEX.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct MemoryStatus
        {
            public uint Length;
            public uint MemoryLoad;
            public ulong TotalPhysical;
            public ulong AvailablePhysical;
            public ulong TotalPageFile;
            public ulong AvailablePageFile;
            public ulong TotalVirtual;
            public ulong AvailableVirtual;
            public ulong AvailableExtendedVirtual;
        }
    }
}
