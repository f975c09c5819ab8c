using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DistBuild.Core.Processes;

/// <summary>Ends a process with everything it started.</summary>
internal static class ProcessTree
{
    // signal(7) of Linux; the same number on every Unix.
    private const int Terminate = 15;

    /// <summary>Asks a process and what it started to end by themselves. On Windows the console has already asked every process of it.</summary>
    public static void AskToEnd(Process process)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        // Before the first signal: children of a process that ended are nobody's.
        foreach (int one in WithDescendants(process.Id))
        {
            _ = SendSignal(one, Terminate);
        }
    }

    // proc_pid_stat(5): the parent is the second field behind the name, which ends with the last parenthesis. Without /proc only the process itself is asked.
    private static List<int> WithDescendants(int process)
    {
        List<int> found = [process];
        try
        {
            ILookup<int, int> children = Directory.GetDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
                .ToLookup(ParentOf);
            for (int i = 0; i < found.Count; i++)
            {
                found.AddRange(children[found[i]]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc here.
        }

        return found;
    }

    private static int ParentOf(int process)
    {
        try
        {
            string stat = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat"));
            return int.Parse(stat.Substring(stat.LastIndexOf(')') + 1).Split([' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return 0;
        }
    }

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

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    private static extern int SendSignal(int process, int signal);
}
