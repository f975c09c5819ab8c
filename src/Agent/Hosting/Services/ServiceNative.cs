using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DistBuild.Agent.Hosting.Services;

/// <summary>What of advapi32's service functions is used (winsvc.h).</summary>
internal static class ServiceNative
{
    /// <summary>What the agent's service is called.</summary>
    public const string ServiceName = "DistBuild";

    public const uint Connect = 1, CreateServices = 2;
    public const uint ChangeConfiguration = 2, QueryStatus = 4, Stop = 0x20, Delete = 0x1_0000;
    public const uint OwnProcess = 0x10, AutoStart = 2, NormalErrors = 1;
    public const uint Stopped = 1, StartPending = 2, StopPending = 3, Running = 4;
    public const uint AcceptStop = 1, AcceptShutdown = 4;
    public const uint ControlStop = 1, ControlInterrogate = 4, ControlShutdown = 5;
    public const uint DescriptionInfo = 1;

    // winerror.h.
    public const int NotImplemented = 120, ServiceSpecific = 1066, NotRunning = 1062, NotStartedByManager = 1063, NoSuchService = 1060, Exists = 1073;

    public delegate void ServiceMain(int count, IntPtr arguments);

    public delegate int ControlHandler(uint control, uint kind, IntPtr data, IntPtr context);

    public static Win32Exception LastError() => new(Marshal.GetLastPInvokeError());

    [DllImport("advapi32", EntryPoint = "StartServiceCtrlDispatcherW", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool StartServiceCtrlDispatcher([In] TableEntry[] table);

    [DllImport("advapi32", EntryPoint = "RegisterServiceCtrlHandlerExW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr RegisterServiceCtrlHandler(string name, ControlHandler handler, IntPtr context);

    [DllImport("advapi32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetServiceStatus(IntPtr service, in Status status);

    [DllImport("advapi32", EntryPoint = "OpenSCManagerW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr OpenManager(string? machine, string? database, uint access);

    [DllImport("advapi32", EntryPoint = "CreateServiceW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr CreateService(
        IntPtr manager, string name, string shownName, uint access, uint kind, uint start, uint errors, string command, string? group, IntPtr tag, string? dependencies, string? account, string? password);

    [DllImport("advapi32", EntryPoint = "OpenServiceW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr OpenService(IntPtr manager, string name, uint access);

    [DllImport("advapi32", EntryPoint = "ChangeServiceConfig2W", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ChangeDescription(IntPtr service, uint kind, in IntPtr text);

    [DllImport("advapi32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ControlService(IntPtr service, uint control, out Status status);

    [DllImport("advapi32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool QueryServiceStatus(IntPtr service, out Status status);

    [DllImport("advapi32", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool DeleteService(IntPtr service);

    [DllImport("advapi32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CloseServiceHandle(IntPtr handle);

    /// <summary>SERVICE_TABLE_ENTRYW; an empty one ends the table.</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    public struct TableEntry
    {
        [MarshalAs(UnmanagedType.LPWStr)]
        public string? Name;
        public IntPtr Main;
    }

    /// <summary>SERVICE_STATUS.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Status
    {
        public uint Kind;
        public uint State;
        public uint Accepts;
        public int ExitCode;
        public int OwnExitCode;
        public uint CheckPoint;

        /// <summary>Milliseconds.</summary>
        public uint WaitHint;
    }
}
