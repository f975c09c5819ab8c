using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Monitor;

/// <summary>
/// How fast one core of this machine compiles, relative to others: 100 is a typical core. Measured, because a clock rate says little. The work
/// resembles a compiler's: it makes identifiers, looks them up in a table that does not fit the first-level cache, sorts them and hashes the text; always the
/// same work, so that only the machine decides how long it takes. The best of several rounds counts, as a round can only be slowed by others, not sped up.
/// The result is kept in the work folder and measured again when the processor or this measurement changes.
/// </summary>
internal static class PowerMeter
{
    public const string FileName = "power";

    /// <summary>1: the first measurement. Any change to the work forces a new number.</summary>
    private const int WorkVersion = 1;

    private const int Rounds = 7, Identifiers = 50_000, MostPower = 10_000;

    /// <summary>What one round took on the core that counts as typical: one of a virtual machine on an AMD EPYC server.</summary>
    private const double TypicalMilliseconds = 9.5;

    /// <param name="folder">Where the result is kept; unwritable is no problem.</param>
    public static int Power(string folder)
    {
        string path = Path.Combine(folder, FileName), identity = Identity();
        if (TryRead(path, identity) is { } known)
        {
            return known;
        }

        int power = Measure();
        try
        {
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{identity}\n{power}\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is measured at every start.
        }

        return power;
    }

    /// <summary>Takes about a tenth of a second on a core of its own.</summary>
    public static int Measure()
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            // Time on a core, not on the wall: a machine that is busy when the agent starts is no slower machine.
            TimeSpan start = Environment.CpuUsage.TotalTime;
            Work();
            TimeSpan took = Environment.CpuUsage.TotalTime - start;
            best = took < best ? took : best;
        }

        return (int)Math.Clamp(Math.Round(100 * TypicalMilliseconds / Math.Max(best.TotalMilliseconds, 0.1)), 1, MostPower);
    }

    private static int? TryRead(string path, string identity)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            return lines.Length == 2 && lines[0] == identity
                && int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out int power) && power is >= 1 and <= MostPower
                ? power
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Identity()
    {
        string model = Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";
        try
        {
            model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) ?? model;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not Linux.
        }

        return string.Create(CultureInfo.InvariantCulture, $"{WorkVersion} {Environment.Version} {XxHash64.Hash(Encoding.UTF8.GetBytes(model)):x16}");
    }

    // Compiled well from the first call on; otherwise the early rounds would measure the runtime.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Work()
    {
        Dictionary<string, int> table = [];
        StringBuilder text = new();
        uint state = 1;
        for (int i = 0; i < Identifiers; i++)
        {
            // Numerical Recipes' linear congruential generator.
            state = (state * 1664525) + 1013904223;
            string identifier = "identifier_" + (state >> 18).ToString(CultureInfo.InvariantCulture);
            table[identifier] = table.GetValueOrDefault(identifier) + 1;
            text.Append(identifier).Append(' ');
        }

        string[] names = [.. table.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        return XxHash64.Hash(Encoding.UTF8.GetBytes(text.ToString())) + (ulong)names.Length;
    }
}
