using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace DistBuild.Agent.Hosting.Services;

/// <summary>Makes and removes the agent's service on this Windows. Needs an administrator.</summary>
[SupportedOSPlatform("windows")]
internal static class ServiceManager
{
    /// <summary>An account of Windows' own that may do little: no password, no user's files, no rights on other machines.</summary>
    private const string Account = @"NT AUTHORITY\LocalService";

    private const string ShownName = "DistBuild agent", Description = "Keeps objects of C and C++ compiles and compiles for other machines of the network.";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="command">The command line of the service.</param>
    /// <exception cref="Win32Exception">Not allowed, or there is one already (<see cref="ServiceNative.Exists"/>).</exception>
    public static void Install(string command)
    {
        using Handle manager = Handle.Of(ServiceNative.OpenManager(null, null, ServiceNative.Connect | ServiceNative.CreateServices));
        using Handle service = Handle.Of(ServiceNative.CreateService(
            manager.Value,
            ServiceNative.ServiceName,
            ShownName,
            ServiceNative.QueryStatus | ServiceNative.ChangeConfiguration,
            ServiceNative.OwnProcess,
            ServiceNative.AutoStart,
            ServiceNative.NormalErrors,
            command,
            null,
            IntPtr.Zero,
            null,
            Account,
            null));
        IntPtr text = Marshal.StringToHGlobalUni(Description);
        try
        {
            // It says what the service is for; without it the service is the same.
            _ = ServiceNative.ChangeDescription(service.Value, ServiceNative.DescriptionInfo, text);
        }
        finally
        {
            Marshal.FreeHGlobal(text);
        }
    }

    /// <summary>Stops the service where it runs, and removes it.</summary>
    /// <exception cref="Win32Exception">Not allowed, or there is none (<see cref="ServiceNative.NoSuchService"/>).</exception>
    /// <exception cref="TimeoutException">It does not stop.</exception>
    public static async Task UninstallAsync(CancellationToken cancellationToken)
    {
        using Handle manager = Handle.Of(ServiceNative.OpenManager(null, null, ServiceNative.Connect));
        using Handle service = Handle.Of(ServiceNative.OpenService(manager.Value, ServiceNative.ServiceName, ServiceNative.QueryStatus | ServiceNative.Stop | ServiceNative.Delete));
        if (!ServiceNative.ControlService(service.Value, ServiceNative.ControlStop, out _) && ServiceNative.LastError() is { NativeErrorCode: not ServiceNative.NotRunning } error)
        {
            throw error;
        }

        for (DateTime deadline = DateTime.UtcNow + StopPatience; ServiceNative.QueryServiceStatus(service.Value, out ServiceNative.Status status) && status.State != ServiceNative.Stopped;)
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"The service does not stop within {StopPatience.TotalSeconds} s.");
            }

            await Task.Delay(Pause, cancellationToken);
        }

        if (!ServiceNative.DeleteService(service.Value))
        {
            throw ServiceNative.LastError();
        }
    }

    private sealed class Handle(IntPtr value) : IDisposable
    {
        public IntPtr Value { get; } = value;

        public static Handle Of(IntPtr value) => value == IntPtr.Zero ? throw ServiceNative.LastError() : new Handle(value);

        public void Dispose() => ServiceNative.CloseServiceHandle(Value);
    }
}
