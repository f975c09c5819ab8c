using System.Globalization;
using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Benchmarks.Cluster;

/// <summary>Agents and build nodes as processes of their own on loopback; the nodes know the agents' addresses and have never spoken to them.</summary>
internal sealed class ClusterRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new("distbuild-cluster-");
    private readonly List<Agent> _agents = [];
    private readonly string _path;
    private int _builds;

    private ClusterRun(TemporaryFolder tools, string path)
    {
        Tools = tools;
        _path = path;
    }

    private TemporaryFolder Tools { get; }

    /// <param name="agents">Of one slot each.</param>
    public static async Task<ClusterRun> StartAsync(int agents)
    {
        TemporaryFolder tools = new("distbuild-stand-in-");
        ClusterRun run = new(tools, await StandIn.InstallAsync(tools));
        for (int i = 0; i < agents; i++)
        {
            run._agents.Add(await Agent.StartAsync(slots: 1, path: run._path));
        }

        return run;
    }

    /// <summary>Lets one node per set of sources build at the same moment. When it did before, each builds in the folder it had, and knows how long its files took.</summary>
    public async Task<ClusterOutcome> BuildAsync(IReadOnlyList<IReadOnlyList<string>> nodes)
    {
        string start = _folder[$"go{_builds++}"];
        List<RunningProgram> running = [];
        try
        {
            for (int i = 0; i < nodes.Count; i++)
            {
                running.Add(await StartNodeAsync($"node{i}", nodes[i], start));
            }

            int[] before = Compiles();
            double[] spent = [.. _agents.Select(agent => ProcessorTime.Of(agent.ProcessId))];
            await File.WriteAllTextAsync(start + ".new", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            File.Move(start + ".new", start);
            List<JsonElement> units = [], costs = [];
            foreach (RunningProgram node in running)
            {
                string printed = (await node.ExitAsync(Patience)).MustSucceed().Printed;
                JsonElement[] lines = [.. printed.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];
                units.AddRange(lines[..^1]);
                costs.Add(lines[^1]);
            }

            return new ClusterOutcome(
                units.Max(unit => unit.GetProperty("Seconds").GetDouble()),
                units.Count,
                units.Count(unit => unit.GetProperty("Outcome").GetString() == "CompiledOnAgent"),
                units.Count(unit => unit.GetProperty("Outcome").GetString() is not ("CompiledOnAgent" or "AgentHit")),
                [.. Compiles().Zip(before, (now, then) => now - then)])
            {
                AgentProcessor = _agents.Zip(spent, (agent, then) => ProcessorTime.Of(agent.ProcessId) - then).Sum(),
                NodeProcessor = costs.Sum(cost => cost.GetProperty("Processor").GetDouble()),
                NodeMethods = costs.Sum(cost => cost.GetProperty("Methods").GetInt32()),
            };
        }
        finally
        {
            foreach (RunningProgram node in running)
            {
                await node.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Agent agent in _agents)
        {
            await agent.DisposeAsync();
        }

        _folder.Dispose();
        Tools.Dispose();
    }

    // What an agent logs of a unit is the only word that tells agents of one machine apart.
    private int[] Compiles() => [.. _agents.Select(agent => agent.Printed.Split('\n').Count(line => line.Contains("c++ text", StringComparison.Ordinal)))];

    private async Task<RunningProgram> StartNodeAsync(string name, IReadOnlyList<string> sources, string start)
    {
        string folder = _folder[name];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < sources.Count; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{i}.cpp"), sources[i]);
        }

        Dictionary<string, string> environment = Product.CleanEnvironment();
        environment["PATH"] = _path;
        environment["DistBuildStore"] = _folder[name + "-store"];
        environment["DistBuildAgents"] = string.Join(';', _agents.Select(agent => agent.Address));
        environment["DistBuildDiscovery"] = "off";
        environment["DistBuildLocalSlots"] = "0";
        RunningProgram node = RunningProgram.Start(Path.Combine(Product.Repository, "artifacts", "build-node", "DistBuild.BuildNode"), [folder, start], folder, environment);
        await node.PrintsAsync("ready");
        return node;
    }
}

/// <summary>What became of one run.</summary>
/// <param name="Seconds">From the common start to the last object written.</param>
/// <param name="Compiled">Units compiled by agents; the rest was shared.</param>
/// <param name="Elsewhere">Units that no agent made: compiled by a node, or failed.</param>
/// <param name="PerAgent">Compiles of each agent.</param>
internal sealed record ClusterOutcome(double Seconds, int Units, int Compiled, int Elsewhere, IReadOnlyList<int> PerAgent)
{
    /// <summary>Seconds of user and system time of all agents together since the start, without their compilers.</summary>
    public double AgentProcessor { get; init; }

    /// <summary>The same of all nodes, without their preprocessors.</summary>
    public double NodeProcessor { get; init; }

    /// <summary>Methods that all nodes together compiled at run time since the start.</summary>
    public int NodeMethods { get; init; }
}
