using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class LeaseTests
{
    private static readonly Digest Gcc = TestCompiler.Gcc.Digest, Key = Digest.Of("key"u8);

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_lease_that_is_not_used_goes_back_at_once()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { Lease = TimeSpan.FromMinutes(10) } }, slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        SlotLease first = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;
        Task<SlotLease?> second = connection.LeaseAsync(Gcc, CancellationToken.None);
        await TestAgent.UntilAsync(() => agent.Slots.Queue == 1);

        await first.DisposeAsync();
        await using SlotLease granted = (await second)!;

        await granted.DisposeAsync();
        await CompileSteps.IsIdleAsync(agent);
        await Assert.ThrowsAsync<InvalidOperationException>(() => granted.CompileAsync(Key, Gcc, TestCompiler.Job, sameWords: true, default, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Developers_of_one_machine_take_turns_and_the_build_nodes_of_one_developer_share_a_turn()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection busy = await DeveloperAsync(agent, "busy"), busyNode = await DeveloperAsync(agent, "busy"), other = await DeveloperAsync(agent, "other");
        SlotLease held = (await busy.LeaseAsync(Gcc, CancellationToken.None))!;
        List<Task<SlotLease?>> queue = [];
        foreach (AgentConnection next in (AgentConnection[])[busy, busy, busyNode, other])
        {
            queue.Add(next.LeaseAsync(Gcc, CancellationToken.None));
            await TestAgent.UntilAsync(() => agent.Slots.Queue == queue.Count);
        }

        List<int> served = [];
        while (queue.Count > served.Count)
        {
            await held.DisposeAsync();
            Task<SlotLease?> granted = await Task.WhenAny(queue.Where((_, place) => !served.Contains(place)));
            served.Add(queue.IndexOf(granted));
            held = (await granted)!;
        }

        await held.DisposeAsync();
        CollectionAssert.AreEqual(new[] { 0, 3, 1, 2 }, served, "the other developer's only unit waits for one, not for three");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_machine_short_of_memory_sends_away_who_waits_and_who_asks_and_offers_no_slots_until_it_has_some()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease held = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;
        Task<SlotLease?> waiting = connection.LeaseAsync(Gcc, CancellationToken.None);
        await TestAgent.UntilAsync(() => agent.Slots.Queue == 1);

        agent.Slots.Allow(0);

        Assert.IsNull(await waiting);
        Assert.IsNull(await connection.LeaseAsync(Gcc, CancellationToken.None));
        Assert.AreEqual(0, (await agent.AskAsync()).Slots);
        await held.DisposeAsync();
        agent.Slots.Allow(1);
        Assert.AreEqual(1, (await agent.AskAsync()).Slots);
        await using SlotLease? again = await connection.LeaseAsync(Gcc, CancellationToken.None);
        Assert.IsNotNull(again);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_lease_that_is_held_too_long_is_taken_back()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { Lease = TimeSpan.FromMilliseconds(50) } }, slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;

        await CompileSteps.IsIdleAsync(agent);
        RemoteCompileResult late = await lease.CompileAsync(Key, Gcc, TestCompiler.Job, sameWords: true, "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(late.ExitCode);
        Assert.Contains("was not used within 0.05 s", late.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_text_that_stops_coming_loses_its_slot()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { UploadSilence = TimeSpan.FromMilliseconds(50) } });
        await using RawClient client = await RawClient.AcceptedAsync(agent);
        await CompileSteps.BeginAsync(client, 1, Key, 100);
        await client.SendAsync(1, new Chunk(new byte[50]));

        Declined declined = (Declined)await client.ReceiveAsync();

        Assert.AreEqual(DeclineReason.Expired, declined.Reason);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Cancelling_ends_the_compile_and_frees_the_slot()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        using CancellationTokenSource cancel = new();
        Task compiling = CompileSteps.CompileAsync(connection, Key, "hang", cancel.Token);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => compiling);
        await TestAgent.UntilAsync(() => agent.Compiler.Cancelled == 1);
        await CompileSteps.IsIdleAsync(agent);
        Assert.AreEqual(0, (await CompileSteps.CompileAsync(connection, Key, "good")).ExitCode, "the connection is still good");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compile_others_wait_for_goes_on_when_the_client_that_brought_it_vanishes()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 2);
        await using AgentConnection second = await agent.ConnectAsync();
        await using RawClient first = await RawClient.AcceptedAsync(agent);
        await CompileSteps.BeginAsync(first, 1, Key, 4);
        await first.SendAsync(1, new Chunk("hang"u8.ToArray()));
        await first.SendAsync(1, Signal.End);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        Task<RemoteCompileResult> sharing = CompileSteps.CompileAsync(second, Key, "hang");
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 2);

        first.Socket.Close(0);
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 1);
        agent.Compiler.LetGo();

        Assert.IsNotNull((await sharing).Result);
        Assert.AreEqual(0, agent.Compiler.Cancelled);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Cancelling_while_in_the_queue_gives_up_the_place()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease first = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;
        using CancellationTokenSource cancel = new();
        Task<SlotLease?> second = connection.LeaseAsync(Gcc, cancel.Token);
        await TestAgent.UntilAsync(() => agent.Slots.Queue == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        await TestAgent.UntilAsync(() => agent.Slots.Queue == 0);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_that_vanishes_leaves_no_slot_no_compile_and_no_place_in_the_queue_behind()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { Lease = TimeSpan.FromMinutes(10) } }, slots: 2);
        await using RawClient client = await RawClient.AcceptedAsync(agent);
        await CompileSteps.BeginAsync(client, 1, Key, 4);
        await client.SendAsync(1, new Chunk("hang"u8.ToArray()));
        await client.SendAsync(1, Signal.End);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        for (ushort stream = 2; stream < 10; stream++)
        {
            await client.SendAsync(stream, new Lease(Gcc));
        }

        await TestAgent.UntilAsync(() => agent.Slots.Queue == 7);
        client.Socket.Close(0);

        await TestAgent.UntilAsync(() => agent.Compiler.Cancelled == 1);
        await CompileSteps.IsIdleAsync(agent);
        Assert.AreEqual(0, agent.Slots.Queue);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_stopping_agent_lets_running_compiles_end_and_declines_the_rest()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { StopPatience = TimeSpan.FromMinutes(1) }, slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        Task<RemoteCompileResult> running = CompileSteps.CompileAsync(connection, Key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        Task<SlotLease?> queued = connection.LeaseAsync(Gcc, CancellationToken.None);
        await TestAgent.UntilAsync(() => agent.Slots.Queue == 1);

        Task stopping = agent.Server.StopAsync(CancellationToken.None);
        Assert.IsNull(await queued);
        agent.Compiler.LetGo();

        Assert.AreEqual(0, (await running).ExitCode);
        await stopping;
        Assert.IsNotNull(agent.Store.TryGet(Key));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_stopping_agent_does_not_wait_for_ever()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { StopPatience = TimeSpan.FromMilliseconds(50) });
        await using AgentConnection connection = await agent.ConnectAsync();
        Task<RemoteCompileResult> running = CompileSteps.CompileAsync(connection, Key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        await agent.Server.StopAsync(CancellationToken.None);

        await Assert.ThrowsAsync<AgentLostException>(() => running);
        await TestAgent.UntilAsync(() => agent.Compiler.Cancelled == 1);
        await CompileSteps.IsIdleAsync(agent);
    }

    private static async Task<AgentConnection> DeveloperAsync(TestAgent agent, string store) => await AgentConnection.ConnectAsync(
        await agent.AskAsync(), TestAgent.Patience, agent.ClientOptions with { Store = store }, CancellationToken.None);
}
