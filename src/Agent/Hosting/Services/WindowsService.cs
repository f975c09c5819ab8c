using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using DistBuild.Agent.Commands;

namespace DistBuild.Agent.Hosting.Services;

/// <summary>Runs the agent in the process that Windows' service manager started for it: says when it serves, and stops it when it is told to.</summary>
/// <param name="run">Serves until the token is cancelled; calls the action once it serves. Its result is the exit code.</param>
[SupportedOSPlatform("windows")]
internal sealed class WindowsService(Func<Action, CancellationToken, Task<int>> run) : IDisposable
{
    // Longer than finding the compilers and trying them takes, and than letting compiles end.
    private const uint Patience = 90_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private ServiceNative.ControlHandler? _handler;
    private IntPtr _status;
    private uint _state;
    private int _exitCode;

    /// <summary>Returns when the service has stopped.</summary>
    /// <exception cref="CommandException">This process was not started by the service manager.</exception>
    public int Run()
    {
        ServiceNative.ServiceMain main = Main;
        ServiceNative.TableEntry[] table = [new() { Name = ServiceNative.ServiceName, Main = Marshal.GetFunctionPointerForDelegate(main) }, default];
        bool ran = ServiceNative.StartServiceCtrlDispatcher(table);
        GC.KeepAlive(main);
        if (!ran)
        {
            throw new CommandException($"--as-service is for Windows' service manager, which did not start this process ({ServiceNative.LastError().Message}). Use 'distbuild agent install', then 'net start {ServiceNative.ServiceName}'.");
        }

        return _exitCode;
    }

    public void Dispose() => _stop.Dispose();

    private void Main(int count, IntPtr arguments)
    {
        _handler = OnControl;
        _status = ServiceNative.RegisterServiceCtrlHandler(ServiceNative.ServiceName, _handler, IntPtr.Zero);
        if (_status == IntPtr.Zero)
        {
            _exitCode = ExitCodes.Failed;
            return;
        }

        Report(ServiceNative.StartPending);
        try
        {
            _exitCode = run(() => Report(ServiceNative.Running), _stop.Token).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever ends the agent, the manager must learn that it has ended.
        catch
#pragma warning restore CA1031
        {
            _exitCode = ExitCodes.Failed;
        }

        Report(ServiceNative.Stopped);
    }

    private int OnControl(uint control, uint kind, IntPtr data, IntPtr context)
    {
        switch (control)
        {
            case ServiceNative.ControlStop or ServiceNative.ControlShutdown:
                Report(ServiceNative.StopPending);
                _ = Task.Run(_stop.Cancel);
                return 0;
            case ServiceNative.ControlInterrogate:
                return 0;
            default:
                return ServiceNative.NotImplemented;
        }
    }

    private void Report(uint state)
    {
        lock (_lock)
        {
            // A stop that comes while the agent starts is not undone by its start.
            if (state == ServiceNative.Running && _state == ServiceNative.StopPending)
            {
                return;
            }

            _state = state;
            bool failed = state == ServiceNative.Stopped && _exitCode != ExitCodes.Done;
            ServiceNative.Status status = new()
            {
                Kind = ServiceNative.OwnProcess,
                State = state,
                Accepts = state is ServiceNative.Running or ServiceNative.StartPending ? ServiceNative.AcceptStop | ServiceNative.AcceptShutdown : 0,
                ExitCode = failed ? ServiceNative.ServiceSpecific : 0,
                OwnExitCode = failed ? _exitCode : 0,
                CheckPoint = 0,
                WaitHint = state is ServiceNative.StartPending or ServiceNative.StopPending ? Patience : 0,
            };
            _ = ServiceNative.SetServiceStatus(_status, status);
        }
    }
}
