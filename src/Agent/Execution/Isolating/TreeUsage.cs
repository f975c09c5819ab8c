using System.Globalization;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>What a process and everything below it use now.</summary>
/// <param name="Memory">Bytes in physical memory.</param>
/// <param name="Processor">Time of the living, and of the dead they waited for.</param>
internal readonly record struct TreeUsage(long Memory, TimeSpan Processor, int Processes)
{
    // proc(5), counted from the state, the first field after the program's name.
    private const int UserTime = 11, FieldsOfTime = 4, Resident = 21;

    /// <summary>The kernel's USER_HZ, the same on every architecture .NET runs on.</summary>
    private const long TicksPerSecond = 100;

    /// <summary>Zero of everything for a process that is not there, or not to be looked at.</summary>
    public static TreeUsage Of(int process)
    {
        TreeUsage total = default;
        Stack<string> rest = new([process.ToString(CultureInfo.InvariantCulture)]);
        while (rest.TryPop(out string? id))
        {
            try
            {
                total = total.With(File.ReadAllText($"/proc/{id}/stat"));
                foreach (string child in File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    rest.Push(child);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return total;
    }

    private TreeUsage With(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = fields.Skip(UserTime).Take(FieldsOfTime).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        long resident = long.Parse(fields[Resident], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        return new TreeUsage(Memory + resident, Processor + TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Processes + 1);
    }
}
