using System.Buffers;
using System.Net.Sockets;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class FrameChannelTests
{
    [TestMethod]
    [Timeout(60_000)]
    public async Task Frames_of_many_senders_arrive_whole_and_in_each_senders_order()
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        await using FrameChannel client = new(pair.Near, FrameDirection.ToClient), agent = new(pair.Far, FrameDirection.ToAgent);
        Recorder recorder = new();
        Task<ChannelEnd> reading = agent.RunAsync(recorder);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(stream => Task.Run(async () =>
        {
            for (byte i = 1; i <= 100; i++)
            {
                byte[] bytes = new byte[stream * 200];
                bytes.AsSpan().Fill(i);
                await client.SendAsync((ushort)stream, new Chunk(bytes), CancellationToken.None);
            }
        })));
        await client.DisposeAsync();

        Assert.AreEqual(ChannelEnd.Closed, await reading);
        for (int stream = 1; stream <= 20; stream++)
        {
            CollectionAssert.AreEqual(
                Enumerable.Range(1, 100).Select(i => $"{stream * 200} x {i}").ToArray(),
                recorder.Received.Where(one => one.Stream == stream).Select(one => one.What).ToArray());
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_peer_that_does_not_read_stops_the_sender_and_holds_little_memory()
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        pair.Near.Socket.SendBufferSize = pair.Far.Socket.ReceiveBufferSize = 64 * 1024;
        await using FrameChannel client = new(pair.Near, FrameDirection.ToClient);
        Chunk chunk = new(new byte[WireLimits.ChunkSize]);
        int sent = 0;
        Task sending = Task.Run(async () =>
        {
            while (true)
            {
                await client.SendAsync(1, chunk, CancellationToken.None);
                Interlocked.Increment(ref sent);
            }
        });

        for (int seen = -1; seen != Volatile.Read(ref sent);)
        {
            seen = Volatile.Read(ref sent);
            await Task.Delay(200);
        }

        Assert.IsFalse(sending.IsCompleted);
        Assert.IsLessThan(16L << 20, (long)sent * WireLimits.ChunkSize, "no more than the queue and what the system buffers");
        client.End(ChannelEnd.Aborted);
        await Assert.ThrowsAsync<ChannelEndedException>(() => sending);
    }

    [TestMethod]
    [DataRow("Chunk has a payload", "18 00 0001 00000000", DisplayName = "an empty chunk")]
    [DataRow("Missing came from the side that may not send it", "12 00 0001 00000000", DisplayName = "a message only an agent may send")]
    [DataRow("message type 7 is unknown", "07 00 0001 00000000", DisplayName = "an unknown type")]
    [DataRow("Fetch has a payload that cannot be read", "10 00 0001 00000001 00", DisplayName = "a payload too short")]
    [Timeout(60_000)]
    public async Task Nonsense_ends_the_connection_and_says_why(string why, string bytes)
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        await using FrameChannel agent = new(pair.Far, FrameDirection.ToAgent);
        await pair.Near.WriteAsync(Samples.Bytes(bytes));

        ChannelEnd end = await agent.RunAsync(new Recorder());

        Assert.AreEqual(ChannelEndKind.Broken, end.Kind);
        Assert.Contains(why, end.Text);
        await Assert.ThrowsAsync<ChannelEndedException>(() => agent.SendAsync(1, Signal.End, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_connection_that_ends_in_the_middle_of_a_frame_was_cut_off()
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        await using FrameChannel agent = new(pair.Far, FrameDirection.ToAgent);
        await pair.Near.WriteAsync(Samples.Frame(1, new Fetch(default, false)).AsMemory(0, 20));
        pair.Near.Socket.Shutdown(SocketShutdown.Send);

        Assert.AreEqual(ChannelEnd.CutOff, await agent.RunAsync(new Recorder()));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_reset_is_an_end_and_not_an_exception()
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        await using FrameChannel agent = new(pair.Far, FrameDirection.ToAgent);
        Task<ChannelEnd> reading = agent.RunAsync(new Recorder());
        pair.Near.Socket.LingerState = new LingerOption(true, 0);
        pair.Near.Socket.Close();

        Assert.AreEqual(ChannelEndKind.Reset, (await reading).Kind);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_message_that_does_not_fit_a_frame_is_not_sent_and_the_next_one_is()
    {
        using SocketPair pair = await SocketPair.OpenAsync();
        await using FrameChannel client = new(pair.Near, FrameDirection.ToClient), agent = new(pair.Far, FrameDirection.ToAgent);
        Compile huge = new(default, default, true, ContentEncoding.Raw, 0, new("gcc", "c", [.. Enumerable.Repeat("-DNAME=VALUE", 6000)]));

        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(1, huge, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(1, huge with { Job = new("gcc", "c", ["\ud800"]) }, CancellationToken.None));
        await client.SendAsync(1, Signal.Status, CancellationToken.None);

        Assert.AreSame(Signal.Status, await agent.ReceiveAsync());
    }

    private sealed class Recorder : IFrameHandler
    {
        public List<(ushort Stream, string What)> Received { get; } = [];

        public void OnMessage(ushort stream, WireMessage message) => Received.Add((stream, message.Type.ToString()));

        public void OnChunk(ushort stream, ReadOnlySequence<byte> data)
        {
            byte[] bytes = data.ToArray();
            Assert.IsTrue(bytes.All(b => b == bytes[0]), "a chunk is one sender's");
            Received.Add((stream, $"{bytes.Length} x {bytes[0]}"));
        }
    }
}
