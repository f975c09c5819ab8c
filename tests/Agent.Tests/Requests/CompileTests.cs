using System.Text;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class CompileTests
{
    private static readonly Digest Gcc = TestCompiler.Gcc.Digest, Key = Digest.Of("key"u8);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    [Timeout(60_000)]
    public async Task A_compile_runs_once_comes_back_and_is_kept(bool hasKey)
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: hasKey);
        await using AgentConnection connection = await agent.ConnectAsync();
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"int x{i};\n"));

        RemoteCompileResult result = await CompileSteps.CompileAsync(connection, Key, text);

        Assert.AreEqual(0, result.ExitCode);
        Assert.IsFalse(result.FromStore);
        Assert.AreEqual("a warning", result.Errors);
        Assert.AreEqual("out", result.Output);
        CollectionAssert.AreEqual(TestCompiler.Backwards(Encoding.UTF8.GetBytes(text)), result.Result!.Object.ToArray());
        CollectionAssert.AreEqual(result.Result.Object.ToArray(), agent.Store.TryGet(Key)!.Object.ToArray());
        Assert.AreEqual("test-agent", agent.Store.TryGetEntry(Key)!.Producer);
        CollectionAssert.AreEqual(new[] { text }, agent.Compiler.Compiled.ToArray());
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Words_that_a_compile_of_the_source_would_not_say_are_for_nobody_else()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync(), other = await agent.ConnectAsync();
        Task<RemoteCompileResult> compiling = CompileSteps.CompileAsync(connection, Key, "hang", sameWords: false);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        Task<CompiledResult?> waiting = other.FetchAsync(Key, wait: true, CancellationToken.None);
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 2);

        agent.Compiler.LetGo();

        Assert.AreEqual("a warning", (await compiling).Errors, "whoever sent the text may do with them what it likes");
        Assert.IsNull(await waiting);
        Assert.IsNull(agent.Store.TryGet(Key));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_key_that_is_here_already_is_not_compiled()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();
        await CompileSteps.CompileAsync(connection, Key, "one");

        RemoteCompileResult again = await CompileSteps.CompileAsync(connection, Key, new string('x', 3_000_000));

        Assert.IsTrue(again.FromStore);
        Assert.AreEqual(0, again.ExitCode);
        CollectionAssert.AreEqual("eno"u8.ToArray(), again.Result!.Object.ToArray());
        Assert.HasCount(1, agent.Compiler.Compiled);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_same_key_from_many_clients_at_once_is_compiled_once_and_needs_one_slot()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 2);
        AgentConnection[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => agent.ConnectAsync()))];

        Task<RemoteCompileResult>[] compiling = [.. clients.Select(client => CompileSteps.CompileAsync(client, Key, "hang"))];
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs is [{ Waiting: 8 }]);
        Assert.AreEqual(1, agent.Slots.Free, "those who wait gave their slots back");
        agent.Compiler.LetGo();
        RemoteCompileResult[] results = await Task.WhenAll(compiling);

        Assert.HasCount(1, agent.Compiler.Compiled);
        Assert.AreEqual(7, results.Count(result => result.FromStore));
        Assert.IsTrue(results.All(result => result.Result!.Object.Span.SequenceEqual("gnah"u8)));
        foreach (AgentConnection client in clients)
        {
            await client.DisposeAsync();
        }

        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compiler_that_says_no_is_heard_in_its_own_words_and_nothing_is_kept()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileSteps.CompileAsync(connection, Key, "error");

        Assert.AreEqual(1, result.ExitCode);
        Assert.IsNull(result.Result);
        Assert.AreEqual("text:1: error: no", result.Errors);
        Assert.AreEqual("printed", result.Output);
        Assert.IsNull(agent.Store.TryGet(Key));
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [DataRow("limit", "it ran out of memory")]
    [DataRow("crash", "the compiler's service broke")]
    [DataRow("endless", "no end of words")]
    [Timeout(60_000)]
    public async Task An_agent_that_could_not_compile_says_why_and_goes_on(string text, string why)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileSteps.CompileAsync(connection, Key, text);

        Assert.IsNull(result.ExitCode);
        Assert.Contains(why, result.Errors);
        Assert.AreEqual(0, (await CompileSteps.CompileAsync(connection, Key, "good")).ExitCode);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Many_compiles_of_many_clients_share_the_slots_and_each_gets_its_own_object()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 3);
        AgentConnection[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => agent.ConnectAsync()))];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            string text = $"text {i} {new string('x', i * 997)}";
            RemoteCompileResult result = await CompileSteps.CompileAsync(clients[i % clients.Length], Digest.Of(Encoding.UTF8.GetBytes(text)), text);
            CollectionAssert.AreEqual(TestCompiler.Backwards(Encoding.UTF8.GetBytes(text)), result.Result!.Object.ToArray());
        }));

        Assert.HasCount(200, agent.Compiler.Compiled);
        foreach (AgentConnection client in clients)
        {
            await client.DisposeAsync();
        }

        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_status_tells_what_the_agent_is_and_does()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 3);
        await using AgentConnection connection = await agent.ConnectAsync();
        await CompileSteps.CompileAsync(connection, Digest.Of("other"u8), "other");
        Task<RemoteCompileResult> running = CompileSteps.CompileAsync(connection, Key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        StatusReport status = await connection.StatusAsync(CancellationToken.None);
        agent.Compiler.LetGo();
        await running;

        Assert.AreEqual(agent.State.AgentId, status.AgentId);
        Assert.AreEqual("test-agent", status.Name);
        Assert.AreNotEqual("", status.Version);
        Assert.AreEqual((3, 2, 0, 123, 45, 6789, 1), (status.Slots, status.FreeSlots, status.Queue, status.Power, status.Load, status.FreeMemory, status.Connections));
        Assert.AreEqual((1, 1L << 30), (status.StoreEntries, status.StoreLimit));
        Assert.IsGreaterThan(0, status.StoreBytes);
        Assert.AreEqual(new StatusToolchain(Gcc, TestCompiler.Gcc.Name), status.Toolchains.Single());
        Assert.AreEqual(Key, status.Jobs.Single().Key);
        Assert.AreEqual(1, status.Jobs.Single().Waiting);
        Assert.EndsWith("@127.0.0.1", status.Jobs.Single().Client);
    }
}
