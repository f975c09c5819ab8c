using DistBuild.Agent.Tests.Connections;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>Several build nodes and several agents, all real: what one of them made, nobody makes again.</summary>
[TestClass]
public sealed class SharingTests
{
    private static readonly string[] Sources = ["one.cpp", "two.cpp", "three.cpp"];

    [TestMethod]
    [Timeout(180_000)]
    public async Task A_fresh_checkout_on_a_fresh_machine_gets_manifests_and_objects_from_the_agent()
    {
        using TemporaryFolder folder = new();
        await using RunningAgent agent = await RunningAgent.StartAsync(folder);
        using BuildNode first = CheckOut(agent), second = CheckOut(agent);

        IReadOnlyList<UnitResult> compiled = await first.BuildAsync(Sources), fetched = await second.BuildAsync(Sources);

        AssertAll(UnitOutcome.CompiledOnAgent, compiled);
        AssertAll(UnitOutcome.AgentHit, fetched);
        Assert.IsTrue(fetched.All(unit => unit.Keyed == KeyMode.Direct), "by their manifests");
        AssertSame(first, second);
        Assert.IsEmpty(second.Warnings);
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task A_header_that_differs_makes_another_object_and_a_second_entry_of_the_manifest()
    {
        using TemporaryFolder folder = new();
        await using RunningAgent agent = await RunningAgent.StartAsync(folder);
        using BuildNode first = CheckOut(agent), changed = CheckOut(agent), same = CheckOut(agent), sameAsChanged = CheckOut(agent);
        foreach (BuildNode node in (BuildNode[])[changed, sameAsChanged])
        {
            node.Write("shared.h", "#define ANSWER 43");
        }

        AssertAll(UnitOutcome.CompiledOnAgent, await first.BuildAsync(Sources));
        AssertAll(UnitOutcome.CompiledOnAgent, await changed.BuildAsync(Sources));
        AssertAll(UnitOutcome.AgentHit, await same.BuildAsync(Sources));
        AssertAll(UnitOutcome.AgentHit, await sameAsChanged.BuildAsync(Sources));

        AssertSame(first, same);
        AssertSame(changed, sameAsChanged);
        CollectionAssert.AreNotEqual(first.Object("one.cpp"), changed.Object("one.cpp"));
    }

    [TestMethod]
    [DataRow(0, DisplayName = "with agents only")]
    [DataRow(2, DisplayName = "with slots of their own")]
    [Timeout(240_000)]
    public async Task What_many_want_at_once_is_compiled_once(int localSlots)
    {
        using TemporaryFolder one = new(), two = new(), three = new();
        await using RunningAgent a = await RunningAgent.StartAsync(one, "--slots", "1"), b = await RunningAgent.StartAsync(two, "--slots", "1"), c = await RunningAgent.StartAsync(three, "--slots", "1");
        BuildNode[] nodes = [];
        IReadOnlyList<UnitResult>[] results = [];
        for (int attempt = 0; attempt == 0 || (nodes.Any(node => node.Warnings.Count > 0) && attempt < 5); attempt++)
        {
            // On a machine busy with other things a node may not hear the agents in time; that is its warning, and no matter of sharing.
            Array.ForEach(nodes, node => node.Dispose());
            nodes = [.. Enumerable.Range(0, 6).Select(_ => CheckOut(a, b, c))];
            foreach (BuildNode node in nodes)
            {
                node.Options = node.Options with { LocalSlots = localSlots };
                node.Write("shared.h", $"#define ANSWER {attempt}");
            }

            results = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.BuildAsync(Sources))));
        }

        Assert.AreEqual(
            Sources.Length,
            results.SelectMany(units => units).Count(unit => unit.Outcome is UnitOutcome.CompiledOnAgent or UnitOutcome.CompiledLocally),
            string.Join(", ", results.SelectMany(units => units).Select(unit => $"{unit.Unit.Source} {unit.Outcome} {unit.Reason}")));
        foreach (BuildNode node in nodes)
        {
            AssertSame(nodes[0], node);
            Assert.IsEmpty(node.Warnings);
        }

        Array.ForEach(nodes, node => node.Dispose());
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task When_the_one_who_compiles_gives_up_another_does_it()
    {
        using TemporaryFolder folder = new();
        await using RunningAgent agent = await RunningAgent.StartAsync(folder, "--slots", "1");
        using BuildNode impatient = CheckOut(agent), patient = CheckOut(agent);
        foreach (BuildNode node in (BuildNode[])[impatient, patient])
        {
            // Some seconds of work.
            node.Write("slow.cpp", "template <int N> struct F { static constexpr long v = F<N - 1>::v + F<N - 2>::v % 7; };\n"
                + "template <> struct F<0> { static constexpr long v = 0; };\ntemplate <> struct F<1> { static constexpr long v = 1; };\n"
                + string.Concat(Enumerable.Range(0, 40).Select(i => $"namespace n{i} {{ template <int N> struct G {{ static constexpr long v = G<N - 1>::v + {i}; }}; template <> struct G<0> {{ static constexpr long v = 0; }}; long g() {{ return G<800>::v; }} }}\n")));
        }

        using CancellationTokenSource cancel = new();
        Task<IReadOnlyList<UnitResult>> first = impatient.BuildAsync(["slow.cpp"], cancellationToken: cancel.Token);
        await TestAgent.UntilAsync(async () => first.IsCompleted || await JobsAsync(agent) > 0);
        Task<IReadOnlyList<UnitResult>> second = patient.BuildAsync(["slow.cpp"]);
        await cancel.CancelAsync();

        UnitResult result = (await second).Single();
        Assert.AreEqual(0, result.ExitCode, result.Errors);
        Assert.IsGreaterThan(0, patient.Object("slow.cpp").Length);
        try
        {
            await first;
        }
        catch (OperationCanceledException)
        {
            // It may also have been done before.
        }
    }

    [TestMethod]
    [Timeout(180_000)]
    public async Task A_node_with_the_read_only_key_fetches_what_is_there_and_compiles_the_rest_here_without_a_word()
    {
        using TemporaryFolder folder = new();
        ClusterKey.Generate(folder["cluster.key"]);
        ClusterKey.Load(folder["cluster.key"]).WriteReadOnly(folder["reader.key"]);
        await using RunningAgent agent = await RunningAgent.StartAsync(folder, "--listen", "127.0.0.1", "--cluster-key-file", folder["cluster.key"]);
        using BuildNode filler = CheckOut(agent), reader = CheckOut(agent);
        filler.Options = filler.Options with { ClusterKeyFile = folder["cluster.key"] };
        reader.Options = reader.Options with { ClusterKeyFile = folder["reader.key"] };
        reader.Write("new.cpp", "int only_here;\n");
        AssertAll(UnitOutcome.CompiledOnAgent, await filler.BuildAsync(Sources));
        int before = Directory.GetFiles(agent.Store, "*", SearchOption.AllDirectories).Length;

        IReadOnlyList<UnitResult> fetched = await reader.BuildAsync(Sources), compiled = await reader.BuildAsync(["new.cpp"]);

        AssertAll(UnitOutcome.AgentHit, fetched);
        AssertAll(UnitOutcome.CompiledLocally, compiled);
        AssertSame(filler, reader);
        Assert.IsEmpty(reader.Warnings);
        Assert.HasCount(before, Directory.GetFiles(agent.Store, "*", SearchOption.AllDirectories));
    }

    private static async Task<int> JobsAsync(RunningAgent agent)
    {
        using AgentFinder finder = new(agent.Options, TimeProvider.System);
        if ((await finder.AskAsync([], [], CancellationToken.None)).SingleOrDefault() is not { } offer)
        {
            return 0;
        }

        await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, agent.Options, CancellationToken.None);
        return (await connection.StatusAsync(CancellationToken.None)).Jobs.Count;
    }

    private static BuildNode CheckOut(params RunningAgent[] agents)
    {
        BuildNode node = new(agents);
        node.Write("shared.h", "#define ANSWER 42");
        foreach (string source in Sources)
        {
            node.Write(source, $"#include \"shared.h\"\n#include <string>\nstd::string {Path.GetFileNameWithoutExtension(source)}() {{ return std::to_string(ANSWER); }}\n");
        }

        return node;
    }

    private static void AssertAll(UnitOutcome outcome, IReadOnlyList<UnitResult> results) =>
        Assert.IsTrue(results.All(unit => unit.Outcome == outcome), string.Join(", ", results.Select(unit => $"{unit.Unit.Source} {unit.Outcome} {unit.Reason}{unit.Errors}")));

    private static void AssertSame(BuildNode expected, BuildNode actual)
    {
        foreach (string source in Sources)
        {
            CollectionAssert.AreEqual(expected.Object(source), actual.Object(source), source);
        }
    }
}
