using System.Globalization;

namespace DistBuild.Agent.Monitor;

/// <summary>Reads /proc, as proc(5) describes it.</summary>
internal sealed class LinuxReader(string proc = "/proc") : IMachineReader
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
