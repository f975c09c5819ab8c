using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>A real agent that is too busy to answer in time.</summary>
[TestClass]
public sealed class LateAgentTests : IDisposable
{
    private static readonly string[] Sources = [.. Enumerable.Range(0, 8).Select(number => $"{number}.cpp")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [Timeout(180_000)]
    public async Task An_agent_that_answers_when_nobody_waits_for_it_any_more_still_compiles_what_is_left()
    {
        string path = await StandIn.InstallAsync(_folder);
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, path, 0, "--slots", "1");
        using BuildNode node = new(agent) { Compiler = Path.Combine(path.Split(':')[0], "g++"), Slots = 1 };
        foreach (string source in Sources)
        {
            node.Write(source, StandIn.Source(Path.GetFileNameWithoutExtension(source), 1000));
        }

        // The first is compiled here because nobody answered; whoever answers then is in time for the last.
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Finished = _ => first.TrySetResult();
        await agent.SignalAsync("STOP");
        Task<IReadOnlyList<UnitResult>> build = node.BuildAsync(Sources);
        await first.Task;
        await agent.SignalAsync("CONT");

        IReadOnlyList<UnitResult> results = await build;
        Assert.IsTrue(results.Any(unit => unit.Outcome == UnitOutcome.CompiledLocally), Describe(results));
        Assert.IsTrue(results.Any(unit => unit.Outcome == UnitOutcome.CompiledOnAgent), Describe(results));
        Assert.IsEmpty(node.Warnings, string.Join('\n', node.Warnings));
        Assert.IsTrue(Sources.All(source => System.Text.Encoding.ASCII.GetString(node.Object(source)) == StandIn.Object(1000)));
    }

    private static string Describe(IReadOnlyList<UnitResult> results) => string.Join(", ", results.Select(unit => $"{unit.Unit.Name} {unit.Outcome} {unit.Reason}{unit.Errors}"));
}
