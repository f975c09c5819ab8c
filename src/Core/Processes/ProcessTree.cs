using System.ComponentModel;
using System.Diagnostics;
#if NETSTANDARD2_0
using System.Runtime.InteropServices;
#endif

namespace DistBuild.Core.Processes;

/// <summary>Ends a process with everything it started.</summary>
internal static class ProcessTree
{
    public static void Kill(Process process)
    {
        try
        {
#if NETSTANDARD2_0
            // .NET Framework cannot end a tree; taskkill is part of every Windows. Elsewhere only Mono comes here, and the compiler itself must do.
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                process.Kill();
                return;
            }

            using Process? killer = Process.Start(new ProcessStartInfo("taskkill", $"/T /F /PID {process.Id}") { UseShellExecute = false, CreateNoWindow = true });
            killer?.WaitForExit();
#else
            process.Kill(entireProcessTree: true);
#endif
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended by itself first.
        }
    }
}
