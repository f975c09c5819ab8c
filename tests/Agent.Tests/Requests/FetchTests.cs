using System.Text;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class FetchTests
{
    [TestMethod]
    [DataRow(1, 0, 0)]
    [DataRow(WireLimits.ChunkSize, 1, 1)]
    [DataRow(WireLimits.ChunkSize + 1, WireLimits.ChunkSize + 1, 100_000)]
    [DataRow(5_000_000, 0, 10)]
    [Timeout(60_000)]
    public async Task A_stored_result_arrives_byte_for_byte(int content, int output, int errors)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        Random random = new(1);
        CompiledResult stored = new(Bytes(content), Bytes(output), Bytes(errors));
        Digest key = Digest.Of("key"u8);
        Assert.IsTrue(agent.Store.TryAdd(key, stored, "test"));
        await using AgentConnection connection = await agent.ConnectAsync();

        CompiledResult fetched = (await connection.FetchAsync(key, wait: true, CancellationToken.None))!;

        CollectionAssert.AreEqual(stored.Object.ToArray(), fetched.Object.ToArray());
        CollectionAssert.AreEqual(stored.Output.ToArray(), fetched.Output.ToArray());
        CollectionAssert.AreEqual(stored.Errors.ToArray(), fetched.Errors.ToArray());

        byte[] Bytes(int count)
        {
            byte[] bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_is_not_here_is_missing_whether_one_would_wait_or_not()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection connection = await agent.ConnectAsync();

        Assert.IsNull(await connection.FetchAsync(Digest.Of("no"u8), wait: false, CancellationToken.None));
        Assert.IsNull(await connection.FetchAsync(Digest.Of("no"u8), wait: true, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_thousand_fetches_at_once_each_get_their_own_result()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        Digest[] keys = [.. Enumerable.Range(0, 1000).Select(i => Digest.Of(Encoding.ASCII.GetBytes($"key {i}")))];
        for (int i = 0; i < keys.Length; i++)
        {
            byte[] content = new byte[1000 + (i * 37)];
            content.AsSpan().Fill((byte)i);
            agent.Store.TryAdd(keys[i], new CompiledResult(content, default, default), "test");
        }

        await using AgentConnection connection = await agent.ConnectAsync();
        CompiledResult?[] results = await Task.WhenAll(keys.Select(key => connection.FetchAsync(key, wait: false, CancellationToken.None)));

        for (int i = 0; i < keys.Length; i++)
        {
            Assert.AreEqual(1000 + (i * 37), results[i]!.Object.Length);
            Assert.IsTrue(results[i]!.Object.ToArray().All(b => b == (byte)i));
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Who_waits_for_a_key_that_is_being_compiled_gets_the_compiles_result()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection builder = await agent.ConnectAsync(), waiter = await agent.ConnectAsync();
        Digest key = Digest.Of("hang"u8);
        Task<RemoteCompileResult> compiling = CompileSteps.CompileAsync(builder, key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        Assert.AreEqual(Holding.Compiling, (await agent.AskAsync(key.Fingerprint)).Holdings[key.Fingerprint]);
        Assert.IsNull(await waiter.FetchAsync(key, wait: false, CancellationToken.None), "without waiting it is not here yet");
        Task<CompiledResult?> waiting = waiter.FetchAsync(key, wait: true, CancellationToken.None);
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 2);
        agent.Compiler.LetGo();

        CollectionAssert.AreEqual("gnah"u8.ToArray(), (await waiting)!.Object.ToArray());
        Assert.IsNotNull((await compiling).Result);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Who_waits_for_a_compile_that_fails_gets_nothing_and_asks_elsewhere()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 1);
        await using AgentConnection builder = await agent.ConnectAsync(), waiter = await agent.ConnectAsync();
        using CancellationTokenSource cancel = new();
        Digest key = Digest.Of("hang"u8);
        Task compiling = CompileSteps.CompileAsync(builder, key, "hang", cancel.Token);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        Task<CompiledResult?> waiting = waiter.FetchAsync(key, wait: true, CancellationToken.None);
        await TestAgent.UntilAsync(async () => (await agent.StatusAsync()).Jobs.Single().Waiting == 2);

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => compiling);
        Assert.AreEqual(1, agent.Compiler.Running, "somebody still wants it");
        agent.Compiler.LetGo();

        Assert.IsNotNull(await waiting);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_gives_signs_of_life_while_somebody_waits_and_none_otherwise()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Watch = new(TimeSpan.FromMilliseconds(5), SilentTicks: 100_000, AliveTicks: 1) });
        await using AgentConnection builder = await agent.ConnectAsync();
        await using RawClient raw = await RawClient.AcceptedAsync(agent);
        Digest key = Digest.Of("hang"u8);
        Task<RemoteCompileResult> compiling = CompileSteps.CompileAsync(builder, key, "hang");
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);

        await raw.SendAsync(1, new Fetch(key, Wait: true));
        for (int i = 0; i < 3; i++)
        {
            Assert.AreSame(Signal.Alive, await raw.Channel.ReceiveAsync());
        }

        agent.Compiler.LetGo();
        Assert.IsInstanceOfType<Found>(await raw.ReceiveAsync());
        await compiling;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_damaged_entry_is_missing()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        Digest key = Digest.Of("key"u8);
        agent.Store.TryAdd(key, new CompiledResult(new byte[1000], default, default), "test");
        string entry = Directory.EnumerateFiles(agent.Store.Folder, "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        byte[] bytes = await File.ReadAllBytesAsync(entry);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(entry, bytes);
        await using AgentConnection connection = await agent.ConnectAsync();

        Assert.IsNull(await connection.FetchAsync(key, wait: false, CancellationToken.None));
    }
}
