using System.Text;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>Slots here that have nothing else to do race units that take too long at a real agent.</summary>
[TestClass]
public sealed class RaceTests : IDisposable
{
    private static readonly string[] Sources = ["one.cpp", "two.cpp"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [Timeout(180_000)]
    public async Task A_unit_that_takes_too_long_at_an_agent_is_compiled_here_and_the_agent_stops()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(agent, path, StandIn.Endless);
        // So long that the agent has the other unit before the slot here is free again.
        StandIn.Takes(node, 2000);

        IReadOnlyList<UnitResult> results = await node.BuildAsync(Sources);

        Assert.IsTrue(results.All(unit => unit is { Outcome: UnitOutcome.CompiledLocally, Errors: "" }), Describe(results));
        Assert.HasCount(1, results.Where(unit => unit.Reason!.Contains("took longer than expected, and the compiler here was first", StringComparison.Ordinal)).ToArray(), Describe(results));
        Assert.IsTrue(Sources.All(source => Encoding.ASCII.GetString(node.Object(source)) == StandIn.Object(2000)));
        Assert.IsEmpty(node.Warnings);
        await TestAgent.UntilAsync(async () => await agent.StatusAsync() is { Jobs.Count: 0, FreeSlots: 1, Queue: 0 });
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task The_agent_that_is_first_after_all_ends_the_compiler_here()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(agent, path, 6000);
        StandIn.Takes(node, 2000);
        node.Finished = _ => StandIn.Takes(node, StandIn.Endless);

        IReadOnlyList<UnitResult> results = await node.BuildAsync(Sources);

        UnitResult there = results.Single(unit => unit.Outcome == UnitOutcome.CompiledOnAgent);
        Assert.AreEqual(StandIn.Object(6000), Encoding.ASCII.GetString(node.Object(there.Unit.Name)), "the agent's object, and nothing over it");
        Assert.AreEqual(UnitOutcome.CompiledLocally, results.Single(unit => unit != there).Outcome);
        CollectionAssert.AreEquivalent(
            (string[])["here-takes", "one.cpp", "one.o", "two.cpp", "two.o"], Directory.GetFiles(Path.GetDirectoryName(node["one.cpp"])!).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task Without_slots_here_nothing_is_raced()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(agent, path, 1500);
        node.Options = node.Options with { LocalSlots = 0 };
        StandIn.Takes(node, 1);

        IReadOnlyList<UnitResult> results = await node.BuildAsync(Sources);

        Assert.IsTrue(results.All(unit => unit.Outcome == UnitOutcome.CompiledOnAgent), Describe(results));
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task What_another_client_takes_too_long_for_is_raced_too()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode owner = CheckOut(agent, path, StandIn.Endless), waiting = CheckOut(agent, path, StandIn.Endless);
        owner.Options = owner.Options with { LocalSlots = 0 };
        StandIn.Takes(waiting, 10);
        using CancellationTokenSource cancel = new();
        Task<IReadOnlyList<UnitResult>> first = owner.BuildAsync(["one.cpp"], cancellationToken: cancel.Token);
        await TestAgent.UntilAsync(async () => first.IsCompleted || (await agent.StatusAsync()).Jobs.Count > 0);

        UnitResult result = (await waiting.BuildAsync(["one.cpp"])).Single();

        Assert.AreEqual(UnitOutcome.CompiledLocally, result.Outcome, result.Reason);
        Assert.Contains("took longer than expected", result.Reason!);
        Assert.AreEqual(1, (await agent.StatusAsync()).Jobs.Count, "who compiles it goes on");
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
    }

    private static BuildNode CheckOut(RunningAgent agent, string path, int milliseconds)
    {
        BuildNode node = new(agent) { Compiler = Path.Combine(path.Split(':')[0], "g++"), Slots = 1 };
        node.Options = node.Options with { LocalSlots = null };
        foreach (string source in Sources)
        {
            node.Write(source, StandIn.Source(Path.GetFileNameWithoutExtension(source), milliseconds));
        }

        return node;
    }

    private static string Describe(IReadOnlyList<UnitResult> results) => string.Join(", ", results.Select(unit => $"{unit.Unit.Name} {unit.Outcome} {unit.Reason}{unit.Errors}"));
}
