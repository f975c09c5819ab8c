using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>What a build remembers of how long its units took decides the order of the next one.</summary>
[TestClass]
public sealed class LongestFirstTests : IDisposable
{
    private static readonly (string Source, int Milliseconds)[] Units = [("quick.cpp", 10), ("long.cpp", 900), ("middle.cpp", 400)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [Timeout(180_000)]
    public async Task Without_agents_the_second_build_starts_with_what_took_longest_in_the_first()
    {
        string path = await StandIn.InstallAsync(_folder);
        using BuildNode node = CheckOut(path);

        CollectionAssert.AreEqual((string[])["quick.cpp", "long.cpp", "middle.cpp"], await OrderAsync(node, "first"), "nothing is known yet");
        CollectionAssert.AreEqual((string[])["long.cpp", "middle.cpp", "quick.cpp"], await OrderAsync(node, "second"));
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task On_an_agent_too()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(path, agent);
        await OrderAsync(node, "first");

        CollectionAssert.AreEqual((string[])["long.cpp", "middle.cpp", "quick.cpp"], await OrderAsync(node, "second"));
    }

    private static async Task<string[]> OrderAsync(BuildNode node, string version)
    {
        foreach ((string source, int milliseconds) in Units)
        {
            node.Write(source, StandIn.Source(Path.GetFileNameWithoutExtension(source) + version, milliseconds));
        }

        List<string> order = [];
        node.Finished = unit => order.Add(unit.Unit.Name);
        IReadOnlyList<UnitResult> results = await node.BuildAsync([.. Units.Select(unit => unit.Source)]);
        UnitOutcome expected = node.Options.Agents.Count > 0 ? UnitOutcome.CompiledOnAgent : UnitOutcome.CompiledLocally;
        Assert.IsTrue(results.All(unit => unit.Outcome == expected), string.Join(", ", results.Select(unit => $"{unit.Outcome} {unit.Reason} {unit.Errors}")));
        return [.. order];
    }

    private static BuildNode CheckOut(string path, params RunningAgent[] agents)
    {
        BuildNode node = new(agents) { Compiler = Path.Combine(path.Split(':')[0], "g++"), Slots = 1 };
        node.Options = node.Options with { LocalSlots = agents.Length > 0 ? 0 : null };
        return node;
    }
}
