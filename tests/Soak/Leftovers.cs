using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Soak;

/// <summary>What must not be there any more when all is done.</summary>
internal static class Leftovers
{
    /// <summary>An agent drops a client that vanished behind a cut cable after a minute of silence.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Waits until every agent is idle: all slots free, nobody in the queue, no compile, no connection but the question's own.</summary>
    public static async Task<string?> UntilIdleAsync(VirtualNetwork network, Developer developer)
    {
        string seen = "";
        for (DateTime end = DateTime.UtcNow + Patience; DateTime.UtcNow < end; await Task.Delay(1000))
        {
            seen = (await developer.RunAsync("ip", [.. network.On(1)[1..], Product.Tool, "status", "--json"])).MustSucceed().Printed;
            JsonElement[] agents = [.. JsonDocument.Parse(seen).RootElement.GetProperty("agents").EnumerateArray()];
            if (agents.Length == SoakOptions.Agents && Array.TrueForAll(agents, IsIdle))
            {
                return null;
            }
        }

        return $"after {Patience.TotalSeconds} s not every agent is idle: {seen}";
    }

    /// <summary>Programs that still run with something of this run in their command.</summary>
    public static IEnumerable<string> Processes(IReadOnlyCollection<string> folders)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && Path.GetFileName(path) != $"{Environment.ProcessId}"))
        {
            string command = "";
            try
            {
                command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }

            if (folders.Any(folder => command.Contains(folder, StringComparison.Ordinal)))
            {
                yield return $"still running: {Path.GetFileName(process)} {command}";
            }
        }
    }

    /// <summary>Folders of compiles, and of agents, which all use the one of this account.</summary>
    public static IEnumerable<string> Folders()
    {
        string work = Path.Combine(Product.CleanEnvironment()["HOME"], ".cache", "distbuild-agent");
        return Directory.Exists(work) ? Directory.EnumerateFileSystemEntries(work, "agent-*").Select(path => $"left over: {path}") : [$"{work} is not where agents work"];
    }

    private static bool IsIdle(JsonElement agent) =>
        agent.GetProperty("freeSlots").GetInt32() == agent.GetProperty("slots").GetInt32()
        && agent.GetProperty("queue").GetInt32() == 0
        && agent.GetProperty("jobs").ValueKind == JsonValueKind.Array && agent.GetProperty("jobs").GetArrayLength() == 0
        && agent.GetProperty("connections").GetInt32() <= 1;
}
