using System.Globalization;

namespace DistBuild.Benchmarks.Cluster;

/// <summary>What a process has used of the processors, by proc(5).</summary>
internal static class ProcessorTime
{
    // Counted from the state, the first field after the program's name.
    private const int UserTime = 11, SystemTime = 12;

    /// <summary>The kernel's USER_HZ, the same on every architecture .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of user and system time, its children's not counted.</summary>
    public static double Of(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
