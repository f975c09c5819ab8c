using System.Globalization;
using DistBuild.Agent.Execution.Isolating;

namespace DistBuild.Agent.Monitor;

/// <summary>Reads /proc, as proc(5) describes it.</summary>
internal sealed class LinuxReader(string proc = "/proc", string devices = "/dev") : IMachineReader
{
    /// <summary>
    /// The first line of <c>stat</c>: <c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c>; guest time is in user time already.
    /// </summary>
    public ProcessorTimes? ReadProcessors()
    {
        string[] fields = (FirstLine("stat", "cpu ") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int Idle = 4, Wait = 5, LastCounted = 8;
        if (fields.Length <= Idle)
        {
            return null;
        }

        ulong total = 0, idle = 0;
        for (int i = 1; i < Math.Min(fields.Length, LastCounted + 1); i++)
        {
            if (!ulong.TryParse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture, out ulong ticks))
            {
                return null;
            }

            total += ticks;
            idle += i is Idle or Wait ? ticks : 0;
        }

        return new ProcessorTimes(total, idle);
    }

    /// <summary><c>MemAvailable</c> of <c>meminfo</c>, kB.</summary>
    public int? ReadFreeMemory()
    {
        string[] fields = (FirstLine("meminfo", "MemAvailable:") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 2 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? (int)Math.Min(kilobytes / 1024, int.MaxValue)
            : null;
    }

    public OwnUsage? ReadOwn()
    {
        TreeUsage own = TreeUsage.Of(Environment.ProcessId);
        return own.Processes == 0 ? null : new OwnUsage(own.Processor, (int)(own.Memory >> 20));
    }

    /// <summary>As w(1) finds it: a terminal was last accessed when something was last typed there. What is typed into a window does not show, only the load it makes.</summary>
    public TimeSpan? ReadInputAge()
    {
        try
        {
            DirectoryInfo consoles = new(devices), windows = new(Path.Combine(devices, "pts"));
            DateTime[] typed =
            [
                .. consoles.EnumerateFiles("tty*").Where(file => file.Name.Length > 3 && char.IsAsciiDigit(file.Name[3])).Select(file => file.LastAccessTimeUtc),
                .. (windows.Exists ? windows.EnumerateFiles() : []).Where(file => char.IsAsciiDigit(file.Name[0])).Select(file => file.LastAccessTimeUtc),
            ];
            return typed.Length == 0 ? null : DateTime.UtcNow - typed.Max();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? FirstLine(string file, string start)
    {
        try
        {
            return File.ReadLines(Path.Combine(proc, file)).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
