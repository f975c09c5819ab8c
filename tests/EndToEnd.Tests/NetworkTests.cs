using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Three hosts and a LAN between them: agents are found by shouting, work together, and are missed without harm.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NetworkTests
{
    private const int Port = 27182;

    [TestMethod]
    public async Task Agents_of_the_LAN_are_found_without_their_addresses()
    {
        using VirtualNetwork network = VirtualNetwork.Create(hosts: 3);
        using Developer developer = await OnLanAsync();
        await using Agent two = await StartAgentAsync(network, 2, developer), three = await StartAgentAsync(network, 3, developer);

        // UDP may lose a question; a person would ask again too.
        JsonElement[] agents = [];
        for (int attempt = 0; attempt < 20 && agents.Length < 2; attempt++)
        {
            agents = await StatusAsync(network, 1, developer);
        }

        CollectionAssert.AreEquivalent(
            new[] { $"{VirtualNetwork.AddressOf(2)}:{Port}", $"{VirtualNetwork.AddressOf(3)}:{Port}" },
            agents.Select(agent => agent.GetProperty("endpoint").GetString()).ToArray());
    }

    [TestMethod]
    public async Task What_one_host_compiled_on_another_a_third_one_gets()
    {
        using VirtualNetwork network = VirtualNetwork.Create(hosts: 3);
        using Developer first = await OnLanAsync(), second = await OnLanAsync();
        second.Environment["DistBuildClusterKeyFile"] = first.Environment["DistBuildClusterKeyFile"];
        await using Agent agent = await StartAgentAsync(network, 2, first);

        await CompileAsync(network, 1, first, "compiledOnAgent");
        await CompileAsync(network, 3, second, "agentHit");

        CollectionAssert.AreEqual(first.Bytes("a.o"), second.Bytes("a.o"));
    }

    [TestMethod]
    public async Task A_host_that_is_cut_off_is_missed_without_harm()
    {
        using VirtualNetwork network = VirtualNetwork.Create(hosts: 3);
        using Developer developer = await OnLanAsync();
        await using Agent agent = await StartAgentAsync(network, 2, developer);
        await CompileAsync(network, 1, developer, "compiledOnAgent");
        developer.Write("a.cpp", "int answer() { return 43; }\n");

        network.Connect(2, connected: false);
        await CompileAsync(network, 1, developer, "compiledLocally");
        network.Connect(2, connected: true);
        developer.Write("a.cpp", "int answer() { return 44; }\n");

        await CompileAsync(network, 1, developer, "compiledOnAgent");
    }

    /// <summary>The agents that a host sees.</summary>
    internal static async Task<JsonElement[]> StatusAsync(VirtualNetwork network, int host, Developer developer)
    {
        ProgramResult status = (await developer.RunAsync("ip", [.. network.On(host)[1..], Product.Tool, "status", "--json"])).MustSucceed();
        return [.. JsonDocument.Parse(status.Printed).RootElement.GetProperty("agents").EnumerateArray()];
    }

    internal static async Task<Developer> OnLanAsync()
    {
        Developer developer = new();
        string key = developer.PathOf("../cluster.key");
        (await developer.RunAsync(Product.Tool, "cluster", "new-key", key)).MustSucceed();
        developer.Environment["DistBuildClusterKeyFile"] = key;
        developer.Environment["DistBuildDiscovery"] = "broadcast";
        developer.Environment["DistBuildLocalSlots"] = "0";
        developer.Write("a.cpp", "int answer() { return 42; }\n");
        return developer;
    }

    private static Task<Agent> StartAgentAsync(VirtualNetwork network, int host, Developer cluster) => Agent.StartAsync(
        clusterKeyFile: cluster.Environment["DistBuildClusterKeyFile"], listen: VirtualNetwork.AddressOf(host), port: Port, on: network.On(host));

    /// <summary>Compiles with an empty store until it comes out as expected: a shout may be lost, and on a busy machine its answer may be late.</summary>
    private static async Task CompileAsync(VirtualNetwork network, int host, Developer developer, string expected)
    {
        string outcome = "";
        for (int attempt = 0; attempt < 20 && outcome != expected; attempt++)
        {
            string report = developer.PathOf($"../report-{attempt}.json");
            developer.Environment["DistBuildStore"] = developer.PathOf($"../store-{Guid.NewGuid():N}");
            developer.Environment["DistBuildReport"] = report;
            ProgramResult result = await developer.RunAsync("ip", [.. network.On(host)[1..], Product.Tool, "compile", "--", "g++", "-c", "a.cpp", "-o", "a.o"]);
            outcome = BuildReport.Read(report, result.MustSucceed().Printed).Units[^1].Outcome;
        }

        Assert.AreEqual(expected, outcome);
    }
}
