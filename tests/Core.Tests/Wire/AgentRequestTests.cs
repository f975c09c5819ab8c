using System.Buffers;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class AgentRequestTests
{
    private static readonly Digest Key = Digest.Of("key"u8);

    // For agents that will never answer: short, because nothing is lost by waiting less. The others wait long, because a loaded machine may be slow.
    private static readonly ConnectionTimings Impatient = new() { Handshake = TimeSpan.FromMilliseconds(100), Watch = new(TimeSpan.FromMilliseconds(20), 5, 20) };
    private static readonly ConnectionTimings Patient = new() { Connect = TimeSpan.FromSeconds(30), Handshake = TimeSpan.FromSeconds(30) };

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_that_dies_in_the_middle_of_a_result_ends_every_request()
    {
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            await channel.ReceiveAsync();
            await channel.SendAsync(1, new Found(new ContentHeader(ContentEncoding.Raw, 100, 0, 0, default)), CancellationToken.None);
            await channel.SendAsync(1, new Chunk(new byte[50]), CancellationToken.None);
        });
        await using AgentConnection connection = await ConnectAsync(agent);

        Task first = connection.FetchAsync(Key, wait: false, CancellationToken.None), second = connection.LeaseAsync(Key, CancellationToken.None);

        await Assert.ThrowsAsync<AgentLostException>(() => first);
        await Assert.ThrowsAsync<AgentLostException>(() => second);
        Assert.IsNotNull(connection.Lost);
        await Assert.ThrowsAsync<AgentLostException>(() => connection.FetchAsync(Key, wait: false, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_that_owes_an_answer_and_says_nothing_is_lost()
    {
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(_ => Task.Delay(Timeout.Infinite));
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Patient with { Watch = Impatient.Watch }, CancellationToken.None);

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(() => connection.FetchAsync(Key, wait: true, CancellationToken.None));

        Assert.Contains("sent nothing for 0.1 s", lost.Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_idle_agent_may_be_silent_and_hears_that_its_client_lives()
    {
        TaskCompletionSource heard = new();
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            for (int alive = 0; alive < 3; alive++)
            {
                Assert.AreSame(Signal.Alive, await channel.ReceiveAsync());
            }

            heard.SetResult();
            await channel.ReceiveAsync();
        });

        // Three looks without a frame would be too many, were an answer owed; signs of life are ten looks apart.
        WatchTimings watch = new(TimeSpan.FromMilliseconds(10), SilentTicks: 3, AliveTicks: 10);
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Patient with { Watch = watch, IdleSigns = 1 }, CancellationToken.None);

        await heard.Task;

        Assert.IsNull(connection.Lost);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a digest that does not fit")]
    [DataRow(false, DisplayName = "an empty object")]
    [Timeout(60_000)]
    public async Task An_agent_that_sends_a_damaged_result_is_not_used_any_more(bool isWrongDigest)
    {
        CompiledResult result = new(isWrongDigest ? new byte[] { 1 } : default, default, default);
        ContentHeader header = ResultContent.Describe(result)!;
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            await channel.SendAsync(1, new Found(isWrongDigest ? header with { Digest = Key } : header), CancellationToken.None);
            await ResultContent.SendAsync(channel, 1, result, CancellationToken.None);
            await channel.SendAsync(1, Signal.End, CancellationToken.None);
            await Assert.ThrowsAsync<ChannelEndedException>(channel.ReceiveAsync);
        });
        await using AgentConnection connection = await ConnectAsync(agent);

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(() => connection.FetchAsync(Key, wait: false, CancellationToken.None));

        Assert.Contains("damaged", lost.Message);
        Assert.IsNotNull(connection.Lost);
        await agent.Running;
    }

    [TestMethod]
    [DataRow(FrameType.End, DisplayName = "an end of nothing")]
    [DataRow(FrameType.Chunk, DisplayName = "a chunk of nothing")]
    [DataRow(FrameType.Found, DisplayName = "two announcements")]
    [DataRow(FrameType.Missing, DisplayName = "a stream nobody opened")]
    [Timeout(60_000)]
    public async Task An_agent_that_loses_the_thread_is_lost(FrameType type)
    {
        Found found = new(new ContentHeader(ContentEncoding.Raw, 1, 0, 0, default));
        WireMessage message = type switch { FrameType.End => Signal.End, FrameType.Chunk => new Chunk(new byte[1]), FrameType.Missing => Signal.Missing, _ => found };
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            ushort stream = type == FrameType.Missing ? (ushort)77 : (ushort)1;
            await channel.SendAsync(stream, message, CancellationToken.None);
            await channel.SendAsync(stream, message, CancellationToken.None);
            await Assert.ThrowsAsync<ChannelEndedException>(channel.ReceiveAsync);
        });
        await using AgentConnection connection = await ConnectAsync(agent);

        await Assert.ThrowsAsync<AgentLostException>(() => connection.FetchAsync(Key, wait: false, CancellationToken.None));

        await agent.Running;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_cancelled_request_is_given_up_and_what_still_comes_for_it_is_dropped()
    {
        TaskCompletionSource asked = new();
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            Assert.IsInstanceOfType<Fetch>(await channel.ReceiveAsync());
            asked.SetResult();
            Assert.AreSame(Signal.Cancel, await channel.ReceiveAsync());

            // The answer was on its way when the cancel came.
            await channel.SendAsync(1, new Found(new ContentHeader(ContentEncoding.Raw, 2, 0, 0, default)), CancellationToken.None);
            await channel.SendAsync(1, new Chunk(new byte[1]), CancellationToken.None);
            await channel.SendAsync(1, Signal.Cancelled, CancellationToken.None);
            Assert.IsInstanceOfType<Fetch>(await channel.ReceiveAsync());
            await channel.SendAsync(2, Signal.Missing, CancellationToken.None);
            await channel.ReceiveAsync();
        });
        await using AgentConnection connection = await ConnectAsync(agent);
        using CancellationTokenSource cancel = new();

        Task fetch = connection.FetchAsync(Key, wait: true, cancel.Token);
        await asked.Task;
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => fetch);
        Assert.IsNull(await connection.FetchAsync(Key, wait: false, CancellationToken.None));
        Assert.IsNull(connection.Lost);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task No_more_requests_are_open_than_the_agent_allows()
    {
        int most = 0;
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            OpenStreams open = new();
            Task<ChannelEnd> reading = channel.RunAsync(open);
            while (!reading.IsCompleted)
            {
                // Time for an eleventh to come, if the client would send one.
                await Task.Delay(20);
                ushort[] asked = open.TakeAll();
                most = Math.Max(most, asked.Length);
                foreach (ushort stream in asked)
                {
                    await channel.SendAsync(stream, Signal.Missing, CancellationToken.None);
                }
            }
        });
        AgentConnection connection = await ConnectAsync(agent);

        CompiledResult?[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => connection.FetchAsync(Key, wait: false, CancellationToken.None)));
        await connection.DisposeAsync();
        await agent.Running;

        Assert.IsTrue(results.All(result => result is null));
        Assert.AreEqual(10, most, "the number this agent allows");
    }

    private static Task<AgentConnection> ConnectAsync(ScriptedAgent agent) => AgentConnection.ConnectAsync(agent.Offer, null, Patient with { Watch = new(TimeSpan.FromSeconds(1), 50, 50) }, CancellationToken.None);

    private sealed class OpenStreams : IFrameHandler
    {
        private readonly List<ushort> _asked = [];

        public ushort[] TakeAll()
        {
            lock (_asked)
            {
                ushort[] asked = [.. _asked];
                _asked.Clear();
                return asked;
            }
        }

        public void OnMessage(ushort stream, WireMessage message)
        {
            lock (_asked)
            {
                _asked.Add(stream);
            }
        }

        public void OnChunk(ushort stream, ReadOnlySequence<byte> data) => Assert.Fail("nobody sends content here");
    }
}
