using System.Diagnostics;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>Real agents that die or freeze while they compile: one message, another agent, and then they are left alone.</summary>
[TestClass]
public sealed class LostAgentTests : IDisposable
{
    private static readonly string[] Sources = ["one.cpp", "two.cpp", "three.cpp", "four.cpp"];

    /// <summary>For 3 s of silence and 4 s of compiles on a machine that may be busy; whoever waited for a minute of silence would need longer.</summary>
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(45);

    private readonly TemporaryFolder _folder = new(), _other = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [TestMethod]
    [DataRow("KILL")]
    [DataRow("STOP")]
    [Timeout(180_000)]
    public async Task An_agent_that_is_lost_costs_one_message_and_its_unit_goes_to_another(string signal)
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent lost = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1"), other = await RunningAgent.StartAsync(_other, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(path, lost, other);
        Task<IReadOnlyList<UnitResult>> build = node.BuildAsync(Sources);
        await TestAgent.UntilAsync(async () => build.IsCompleted || (await lost.StatusAsync()).Jobs.Count > 0);

        Stopwatch watch = Stopwatch.StartNew();
        await lost.SignalAsync(signal);
        IReadOnlyList<UnitResult> results = await build;

        TestContext.WriteLine($"{watch.ElapsedMilliseconds} ms from the signal to the end of the build");
        Assert.IsLessThan(Generous, watch.Elapsed);
        Assert.IsTrue(results.All(unit => unit.Outcome == UnitOutcome.CompiledOnAgent), Describe(results));
        Assert.HasCount(1, node.Warnings, string.Join('\n', node.Warnings));
        Assert.Contains($"127.0.0.1:{lost.EndPoint.Port}", node.Warnings[0]);
        Assert.IsTrue(Sources.All(source => node.Object(source).Length == 8));
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task After_that_it_is_left_alone_by_the_next_build_too_and_used_again_when_its_time_is_over()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = CheckOut(path, agent);
        // Between these builds no time passes, however long they take.
        SetClock clock = new();
        node.Time = clock;
        Task<IReadOnlyList<UnitResult>> build = node.BuildAsync(Sources);
        await TestAgent.UntilAsync(async () => build.IsCompleted || (await agent.StatusAsync()).Jobs.Count > 0);
        await agent.SignalAsync("STOP");
        Assert.IsTrue((await build).Any(unit => unit.Outcome == UnitOutcome.CompiledLocally), Describe(await build));
        Assert.HasCount(1, node.Warnings, string.Join('\n', node.Warnings));
        await agent.SignalAsync("CONT");

        Edit(node, "second");
        IReadOnlyList<UnitResult> next = await node.BuildAsync(Sources);
        Assert.IsTrue(next.All(unit => unit.Outcome == UnitOutcome.CompiledLocally), Describe(next));
        Assert.HasCount(1, node.Warnings, "it was said in the build that met it");

        clock.Passed = TimeSpan.FromMinutes(1);
        Edit(node, "third");
        IReadOnlyList<UnitResult> last = await node.BuildAsync(Sources);
        Assert.IsTrue(last.All(unit => unit.Outcome == UnitOutcome.CompiledOnAgent), Describe(last));
    }

    private static BuildNode CheckOut(string path, params RunningAgent[] agents)
    {
        BuildNode node = new(agents) { Compiler = Path.Combine(path.Split(':')[0], "g++"), Slots = 1 };
        node.Options = node.Options with { LocalSlots = 0 };
        Edit(node, "first");
        return node;
    }

    private static void Edit(BuildNode node, string version)
    {
        foreach (string source in Sources)
        {
            node.Write(source, StandIn.Source(Path.GetFileNameWithoutExtension(source) + version, 1000));
        }
    }

    private static string Describe(IReadOnlyList<UnitResult> results) => string.Join(", ", results.Select(unit => $"{unit.Unit.Name} {unit.Outcome} {unit.Reason}{unit.Errors}"));

    /// <summary>The system's clock but for what time it shows.</summary>
    private sealed class SetClock : TimeProvider
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => _start + Passed;
    }
}
