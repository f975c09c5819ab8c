namespace DistBuild.Core.Compilers;

/// <summary>The processor of this machine, as far as it decides what <c>-march=native</c> means.</summary>
internal static class ThisProcessor
{
    // Speeds and the like change all the time and decide nothing (proc(5)).
    private static readonly string[] Deciding = ["vendor_id", "cpu family", "model", "model name", "stepping", "flags", "cache size", "CPU implementer", "CPU part", "Features"];

    private static readonly Lazy<string> Read = new(() =>
    {
        try
        {
            return string.Join("\n", File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0).Where(line => Deciding.Contains(line.Split(':')[0].Trim())));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    });

    /// <summary>Equal on machines with equal processors; where the system does not describe it, the machine's name.</summary>
    public static string Description => Read.Value;
}
