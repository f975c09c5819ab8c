using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class CompileRulesTests
{
    private static readonly Digest Gcc = TestCompiler.Gcc.Digest, Key = Digest.Of("key"u8);

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compiler_that_is_not_in_the_agents_list_is_not_run()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        Assert.IsNull(await connection.LeaseAsync(Key, CancellationToken.None));
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;
        RemoteCompileResult result = await lease.CompileAsync(Key, Key, TestCompiler.Job, sameWords: true, "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("another compiler", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await CompileSteps.IsIdleAsync(agent);
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

        RemoteCompileResult result = await lease.CompileAsync(Key, Gcc, new RemoteJob(family, "c", [argument]), sameWords: true, "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.AreNotEqual("", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_text_that_would_read_a_file_of_the_agents_machine_is_not_compiled()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        RemoteCompileResult result = await CompileSteps.CompileAsync(connection, Key, "__asm__(\".incbin \\\"/etc/passwd\\\"\");\n");

        Assert.IsNull(result.ExitCode);
        Assert.Contains("the text is refused", result.Errors);
        Assert.IsEmpty(agent.Compiler.Compiled);
        await CompileSteps.IsIdleAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task More_arguments_than_a_message_holds_are_declined_here_and_the_slot_goes_back()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();
        await using SlotLease lease = (await connection.LeaseAsync(Gcc, CancellationToken.None))!;

        RemoteCompileResult result = await lease.CompileAsync(
            Key, Gcc, new RemoteJob("gcc", "c", [.. Enumerable.Repeat("-fno-strict-aliasing", 5000)]), sameWords: true, "text"u8.ToArray(), CancellationToken.None);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("does not fit", result.Errors);
        await CompileSteps.IsIdleAsync(agent);
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
        Compile compile = new(Key, Gcc, true, ContentEncoding.Raw, 4, TestCompiler.Job);
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
        await CompileSteps.IsIdleAsync(agent);
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
}
