using System.Text;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
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

        RemoteCompileResult result = await CompileAsync(connection, Key, text);

        Assert.AreEqual(0, result.ExitCode);
        Assert.IsFalse(result.FromStore);
        Assert.AreEqual("a warning", result.Errors);
        Assert.AreEqual("out", result.Output);
        CollectionAssert.AreEqual(TestCompiler.Backwards(Encoding.UTF8.GetBytes(text)), result.Result!.Object.ToArray());
        CollectionAssert.AreEqual(result.Result.Object.ToArray(), agent.Store.TryGet(Key)!.Object.ToArray());
        Assert.AreEqual("test-agent", agent.Store.TryGetEntry(Key)!.Producer);
        CollectionAssert.AreEqual(new[] { text }, agent.Compiler.Compiled.ToArray());
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_key_that_is_here_already_is_not_compiled()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();
        await CompileAsync(connection, Key, "one");

        RemoteCompileResult again = await CompileAsync(connection, Key, new string('x', 3_000_000));

        Assert.IsTrue(again.FromStore);
        Assert.AreEqual(0, again.ExitCode);
        CollectionAssert.AreEqual("eno"u8.ToArray(), again.Result!.Object.ToArray());
        Assert.HasCount(1, agent.Compiler.Compiled);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_same_key_from_many_clients_at_once_is_compiled_once_and_needs_one_slot()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 2);
        AgentConnection[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => agent.ConnectAsync()))];

        Task<RemoteCompileResult>[] compiling = [.. clients.Select(client => CompileAsync(client, Key, "hang"))];
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

        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compiler_that_says_no_is_heard_in_its_own_words_and_nothing_is_kept()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileAsync(connection, Key, "error");

        Assert.AreEqual(1, result.ExitCode);
        Assert.IsNull(result.Result);
        Assert.AreEqual("text:1: error: no", result.Errors);
        Assert.AreEqual("printed", result.Output);
        Assert.IsNull(agent.Store.TryGet(Key));
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [DataRow("limit", "it ran out of memory")]
    [DataRow("crash", "the compiler's service broke")]
    [Timeout(60_000)]
    public async Task An_agent_that_could_not_compile_says_why_and_goes_on(string text, string why)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileAsync(connection, Key, text);

        Assert.IsNull(result.ExitCode);
        Assert.Contains(why, result.Errors);
        Assert.AreEqual(0, (await CompileAsync(connection, Key, "good")).ExitCode);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compiler_that_is_not_in_the_agents_list_is_not_run()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        Assert.IsNull(await connection.LeaseAsync(Key, CancellationToken.None));
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;
        RemoteCompileResult result = await lease.CompileAsync(Key, Key, TestCompiler.Job, "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("another compiler", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [DataRow("gcc", "-fplugin=/tmp/evil.so")]
    [DataRow("gcc", "-o/etc/passwd")]
    [DataRow("gcc", "@/etc/passwd")]
    [DataRow("gcc", "-wrapper")]
    [DataRow("clang", "-O2")]
    [DataRow("", "")]
    [Timeout(60_000)]
    public async Task Arguments_the_family_refuses_are_not_run(string family, string argument)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;

        RemoteCompileResult result = await lease.CompileAsync(Key, Gcc, new RemoteJob(family, "c", [argument]), "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.AreNotEqual("", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_text_that_would_read_a_file_of_the_agents_machine_is_not_compiled()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileAsync(connection, Key, "__asm__(\".incbin \\\"/etc/passwd\\\"\");\n");

        Assert.IsNull(result.ExitCode);
        Assert.Contains("the text is refused", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task More_arguments_than_a_message_holds_are_declined_here_and_the_slot_goes_back()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;

        RemoteCompileResult result = await lease.CompileAsync(
            Key, Gcc, new RemoteJob("gcc", "c", [.. Enumerable.Repeat("-fno-strict-aliasing", 5000)]), "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("does not fit", result.Errors);
        await IsIdleAsync(agent);
    }

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
        await IsIdleAsync(agent);
        await Assert.ThrowsAsync<InvalidOperationException>(() => granted.CompileAsync(Key, Gcc, TestCompiler.Job, default, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_lease_that_is_held_too_long_is_taken_back()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { Lease = TimeSpan.FromMilliseconds(50) } }, slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;

        await IsIdleAsync(agent);
        RemoteCompileResult late = await lease.CompileAsync(Key, Gcc, TestCompiler.Job, "text"u8.ToArray(), CancellationToken.None);

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
        await BeginAsync(client, 1, 100);
        await client.SendAsync(1, new Chunk(new byte[50]));

        Declined declined = (Declined)await client.ReceiveAsync();

        Assert.AreEqual(DeclineReason.Expired, declined.Reason);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Cancelling_ends_the_compile_and_frees_the_slot()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        using CancellationTokenSource cancel = new();
        Task compiling = CompileAsync(connection, Key, "hang", cancel.Token);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => compiling);
        await TestAgent.UntilAsync(() => agent.Compiler.Cancelled == 1);
        await IsIdleAsync(agent);
        Assert.AreEqual(0, (await CompileAsync(connection, Key, "good")).ExitCode, "the connection is still good");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compile_others_wait_for_goes_on_when_the_client_that_brought_it_vanishes()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 2);
        await using AgentConnection second = await agent.ConnectAsync();
        await using RawClient first = await RawClient.AcceptedAsync(agent);
        await BeginAsync(first, 1, 4);
        await first.SendAsync(1, new Chunk("hang"u8.ToArray()));
        await first.SendAsync(1, Signal.End);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        Task<RemoteCompileResult> sharing = CompileAsync(second, Key, "hang");
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 2);

        first.Socket.Close(0);
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 1);
        agent.Compiler.LetGo();

        Assert.IsNotNull((await sharing).Result);
        Assert.AreEqual(0, agent.Compiler.Cancelled);
        await IsIdleAsync(agent);
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
        await BeginAsync(client, 1, 4);
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
        await IsIdleAsync(agent);
        Assert.AreEqual(0, agent.Slots.Queue);
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
            RemoteCompileResult result = await CompileAsync(clients[i % clients.Length], Digest.Of(Encoding.UTF8.GetBytes(text)), text);
            CollectionAssert.AreEqual(TestCompiler.Backwards(Encoding.UTF8.GetBytes(text)), result.Result!.Object.ToArray());
        }));

        Assert.HasCount(200, agent.Compiler.Compiled);
        foreach (AgentConnection client in clients)
        {
            await client.DisposeAsync();
        }

        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_stopping_agent_lets_running_compiles_end_and_declines_the_rest()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { StopPatience = TimeSpan.FromMinutes(1) }, slots: 1);
        await using AgentConnection connection = await agent.ConnectAsync();
        Task<RemoteCompileResult> running = CompileAsync(connection, Key, "hang");
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
        Task<RemoteCompileResult> running = CompileAsync(connection, Key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        await agent.Server.StopAsync(CancellationToken.None);

        await Assert.ThrowsAsync<AgentLostException>(() => running);
        await TestAgent.UntilAsync(() => agent.Compiler.Cancelled == 1);
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [DataRow("a compile before the grant")]
    [DataRow("a chunk before the grant")]
    [DataRow("two compiles")]
    [DataRow("a chunk without a compile")]
    [DataRow("an end without a compile")]
    [DataRow("more text than announced")]
    [DataRow("less text than announced")]
    [DataRow("a text after its end")]
    [DataRow("a stream opened twice")]
    [DataRow("an answer")]
    [DataRow("a hello")]
    [DataRow("a request on stream 0")]
    [DataRow("too many streams")]
    [Timeout(60_000)]
    public async Task A_client_that_breaks_the_rules_is_closed_and_nothing_is_left(string what)
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { Streams = 8, Lease = TimeSpan.FromMinutes(10) } }, slots: 1);
        await using RawClient client = await RawClient.AcceptedAsync(agent);
        using IDisposable? slot = what.EndsWith("before the grant", StringComparison.Ordinal) ? await agent.Slots.AcquireAsync("other", CancellationToken.None) : null;
        Compile compile = new(Key, Gcc, ContentEncoding.Raw, 4, TestCompiler.Job);
        (ushort, WireMessage)[] messages = what switch
        {
            "a compile before the grant" => [(1, new Lease(Gcc)), (1, compile)],
            "a chunk before the grant" => [(1, new Lease(Gcc)), (1, new Chunk(new byte[1]))],
            "two compiles" => [(1, compile), (1, compile)],
            "a chunk without a compile" => [(1, new Chunk(new byte[1]))],
            "an end without a compile" => [(1, Signal.End)],
            "more text than announced" => [(1, compile), (1, new Chunk(new byte[5]))],
            "less text than announced" => [(1, compile), (1, new Chunk(new byte[3])), (1, Signal.End)],
            "a text after its end" => [(1, compile), (1, new Chunk("hang"u8.ToArray())), (1, Signal.End), (1, new Chunk(new byte[1]))],
            "a stream opened twice" => [(1, new Lease(Gcc))],
            "an answer" => [(1, Signal.Missing)],
            "a hello" => [(0, new Hello(1, 0, default, ""))],
            "a request on stream 0" => [(0, Signal.Status)],
            _ => [.. Enumerable.Range(2, 8).Select(i => ((ushort)i, (WireMessage)new Lease(Gcc)))],
        };
        if (slot is null)
        {
            await client.SendAsync(1, new Lease(Gcc));
            Assert.IsInstanceOfType<Granted>(await client.ReceiveAsync());
        }

        foreach ((ushort stream, WireMessage message) in messages)
        {
            await client.SendAsync(stream, message);
        }

        ChannelEnd end = await client.EndAsync();

        Assert.IsTrue(end.Kind is ChannelEndKind.Closed or ChannelEndKind.Reset, end.Text);
        slot?.Dispose();
        await IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_crosses_the_end_of_a_stream_on_its_way_is_not_held_against_the_client()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using RawClient client = await RawClient.AcceptedAsync(agent);
        await client.SendAsync(1, new Lease(Key));
        Assert.IsInstanceOfType<Declined>(await client.ReceiveAsync());

        await client.SendAsync(1, Signal.Cancel);
        await client.SendAsync(1, Signal.Release);
        await client.SendAsync(1, new Chunk(new byte[10]));
        await client.SendAsync(1, Signal.End);
        await client.SendAsync(1, Signal.Status);

        Assert.IsInstanceOfType<StatusReport>(await client.ReceiveAsync());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_status_tells_what_the_agent_is_and_does()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 3);
        await using AgentConnection connection = await agent.ConnectAsync();
        await CompileAsync(connection, Digest.Of("other"u8), "other");
        Task<RemoteCompileResult> running = CompileAsync(connection, Key, "hang");
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

    /// <summary>Leases a slot and uses it.</summary>
    public static async Task<RemoteCompileResult> CompileAsync(AgentConnection connection, Digest key, string text, CancellationToken cancellationToken = default)
    {
        await using SlotLease? lease = await connection.LeaseAsync(Gcc, cancellationToken);
        Assert.IsNotNull(lease);
        return await lease.CompileAsync(key, Gcc, TestCompiler.Job, Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private static async Task BeginAsync(RawClient client, ushort stream, int length)
    {
        await client.SendAsync(stream, new Lease(Gcc));
        Assert.IsInstanceOfType<Granted>(await client.ReceiveAsync());
        await client.SendAsync(stream, new Compile(Key, Gcc, ContentEncoding.Raw, length, TestCompiler.Job));
    }

    /// <summary>Every slot is free again, and nothing runs.</summary>
    private static Task IsIdleAsync(TestAgent agent) => TestAgent.UntilAsync(() => agent.Slots.Free == agent.Slots.Slots && agent.Compiler.Running == 0);
}
