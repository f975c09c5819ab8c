using System.Diagnostics;
using System.Text.Json;
using DistBuild.Benchmarks.Cluster;
using DistBuild.Benchmarks.Measuring;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Soak;

/// <summary>Clients that build, agents that fail, and a look at what they made and what they left.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan Progress = TimeSpan.FromSeconds(30);

    /// <returns>What went wrong; nothing when all is well.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(SoakOptions options, TextWriter output)
    {
        using TemporaryFolder folder = new("distbuild-soak-"), tools = new("distbuild-stand-in-");
        using VirtualNetwork network = VirtualNetwork.Create(hosts: 1 + SoakOptions.Agents);
        using Developer developer = new();
        string key = folder["cluster.key"], path = await StandIn.InstallAsync(tools);
        (await developer.RunAsync(Product.Tool, "cluster", "new-key", key)).MustSucceed();
        (developer.Environment["DistBuildClusterKeyFile"], developer.Environment["DistBuildDiscovery"]) = (key, "broadcast");

        SoakAgent[] agents = [.. Enumerable.Range(2, SoakOptions.Agents).Select(host => new SoakAgent(network, host, key, path, folder, options.Seed * 31 + host))];
        SoakClient[] clients = [.. Enumerable.Range(0, SoakOptions.Clients).Select(number => new SoakClient(network, number, key, path, folder, options))];
        List<string> wrong = [];
        try
        {
            await Task.WhenAll(agents.Select(agent => agent.StartAsync()));
            Stopwatch clock = Stopwatch.StartNew();
            output.WriteLine($"{SoakOptions.Agents} agents serve; one line every {Progress.TotalSeconds:0} s");
            using CancellationTokenSource built = new();
            Task suffering = Task.WhenAll(agents.Select(agent => agent.SufferAsync(built.Token)));
            Task building = Task.WhenAll(clients.Select(client => client.BuildAllAsync()));

            Task telling = TellAsync(output, options, clock, clients, agents, built.Token);

            // An agent that does not come back is an end too.
            await await Task.WhenAny(building, suffering);
            await built.CancelAsync();
            await Task.WhenAll(building, suffering, telling);
            wrong.AddRange(Missing(options, clients));
            Report(output, clock.Elapsed, clients, agents);
            wrong.AddRange(clients.SelectMany(client => client.Mistakes));

            wrong.AddRange(await Leftovers.UntilIdleAsync(network, developer) is { } busy ? [busy] : []);
            foreach (SoakAgent agent in agents)
            {
                await agent.StopAsync();
                ProgramResult verified = (await developer.RunAsync(Product.Tool, "store", "verify", "--store", agent.Store, "--json")).MustSucceed();
                wrong.AddRange(JsonDocument.Parse(verified.Printed).RootElement.GetProperty("removed").GetInt64() > 0 ? [$"damaged entries in {agent.Store}: {verified.Printed}"] : []);
            }

            output.WriteLine($"{Cost.OfEndedChildren().TotalSeconds:0} s of processor time by build nodes, agents and compilers");
            wrong.AddRange(agents.SelectMany(agent => agent.Complaints));
            wrong.AddRange(Leftovers.Folders());
            wrong.AddRange(Leftovers.Processes([folder.Path, tools.Path]));
            return wrong;
        }
        finally
        {
            foreach (SoakAgent agent in agents)
            {
                await agent.DisposeAsync();
            }
        }
    }

    /// <summary>Says how far it is, until it is told to stop.</summary>
    private static async Task TellAsync(TextWriter output, SoakOptions options, Stopwatch clock, SoakClient[] clients, SoakAgent[] agents, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Progress, stop));
            int built = clients.Sum(client => client.Built);
            string left = built is > 0 && built < options.Units ? $", about {clock.Elapsed.TotalSeconds / built * (options.Units - built):0} s left" : "";
            output.WriteLine(
                $"{clock.Elapsed.TotalSeconds,6:0} s: {built} of {options.Units} units, {agents.Sum(agent => agent.Faults.Values.Sum())} faults, {clients.Sum(client => client.Mistakes.Count)} mistakes{left}");
        }
    }

    /// <summary>Every unit that was wanted has an outcome, whatever became of its agents.</summary>
    private static IEnumerable<string> Missing(SoakOptions options, SoakClient[] clients)
    {
        int told = clients.Sum(client => client.Outcomes.Values.Sum());
        return told == options.Units ? [] : [$"{options.Units} units were wanted, and builds told of {told}"];
    }

    private static void Report(TextWriter output, TimeSpan time, SoakClient[] clients, SoakAgent[] agents)
    {
        output.WriteLine($"{clients.Sum(client => client.Outcomes.Values.Sum())} units in {time.TotalSeconds:0} s; builds cut short: {clients.Sum(client => client.Interrupted)}");
        foreach (IGrouping<string, int> outcome in clients.SelectMany(client => client.Outcomes).GroupBy(one => one.Key, one => one.Value).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {outcome.Key,-18}{outcome.Sum(),7}");
        }

        foreach (IGrouping<string, int> reason in clients.SelectMany(client => client.Reasons).GroupBy(one => one.Key, one => one.Value).OrderByDescending(one => one.Sum()).Take(5))
        {
            output.WriteLine($"    here: {reason.Sum(),7}  {reason.Key}");
        }

        foreach (IGrouping<string, int> fault in agents.SelectMany(agent => agent.Faults).GroupBy(one => one.Key, one => one.Value))
        {
            output.WriteLine($"  agents {fault.Key,-11}{fault.Sum(),7}");
        }
    }
}
