using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace DistBuild.Agent.Monitor;

/// <summary>Asks kernel32.</summary>
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

    private static class NativeMethods
    {
        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetSystemTimes(out ulong idle, out ulong kernel, out ulong user);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GlobalMemoryStatusEx(ref MemoryStatus status);

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
