using System.Net;
using System.Net.Sockets;
using DistBuild.Agent.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Connections;

[TestClass]
public sealed class AgentServerTests
{
    private static readonly CompiledResult Stored = new("object"u8.ToArray(), default, default);
    private static readonly Digest Key = Digest.Of("key"u8);

    [TestMethod]
    [Timeout(60_000)]
    public async Task Beyond_loopback_an_agent_without_a_key_does_not_start()
    {
        AgentStartException e = await Assert.ThrowsAsync<AgentStartException>(() => TestAgent.StartAsync(new() { Listen = IPAddress.Any }));

        Assert.Contains("listens on loopback only, not on 0.0.0.0", e.Message);
        Assert.Contains("distbuild cluster new-key FILE", e.Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_address_that_is_not_IPv4_is_refused_with_the_way_out() =>
        Assert.Contains("--listen 0.0.0.0", (await Assert.ThrowsAsync<AgentStartException>(() => TestAgent.StartAsync(new() { Listen = IPAddress.IPv6Loopback }))).Message);

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_port_in_use_by_either_protocol_is_said()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int[] taken = [agent.Server.EndPoint.Port, ((IPEndPoint)udp.LocalEndPoint!).Port];
        foreach (int port in taken)
        {
            Assert.Contains($"port {port} of 127.0.0.1 cannot be opened", Assert.Throws<AgentStartException>(() => PortPair.Open(IPAddress.Loopback, port)).Message);
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task UDP_and_TCP_have_the_same_port()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        agent.Store.TryAdd(Key, Stored, "test");

        Offer offer = await agent.AskAsync(Key.Fingerprint, 99);

        Assert.AreEqual(agent.Server.EndPoint, offer.EndPoint);
        await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, null, TestAgent.Patience, CancellationToken.None);
        Assert.IsNotNull(await connection.FetchAsync(Key, wait: false, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_offer_says_who_the_agent_is_and_what_it_has()
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 3);
        agent.Store.TryAdd(Key, Stored, "test");
        using IDisposable slot = await agent.Slots.AcquireAsync("somebody", CancellationToken.None);

        Offer offer = await agent.AskAsync(Key.Fingerprint, 99);

        Assert.AreEqual(agent.State.AgentId, offer.AgentId);
        Assert.AreEqual("test-agent", offer.Name);
        Assert.AreEqual((3, 2, 0, 123, 45, 6789), (offer.Slots, offer.FreeSlots, offer.Queue, offer.Power, offer.Load, offer.FreeMemory));
        CollectionAssert.AreEqual(new[] { TestCompiler.Gcc.Digest.Fingerprint }, offer.Toolchains.ToArray());
        CollectionAssert.AreEqual(new[] { KeyValuePair.Create(Key.Fingerprint, Holding.Object) }, offer.Holdings.ToArray());
        Assert.IsNull(offer.Certificate);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task With_a_cluster_key_everything_works_over_TLS()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        agent.Store.TryAdd(Key, Stored, "test");

        Offer offer = await agent.AskAsync(Key.Fingerprint);
        await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, agent.Key, TestAgent.Patience, CancellationToken.None);

        Assert.IsNotNull(offer.Certificate);
        CompiledResult? fetched = await connection.FetchAsync(Key, wait: false, CancellationToken.None);
        CollectionAssert.AreEqual(Stored.Object.ToArray(), fetched!.Object.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_with_another_key_is_turned_away()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        Offer offer = await agent.AskAsync();

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(
            () => AgentConnection.ConnectAsync(offer, new ClusterKey(new byte[32]), TestAgent.Patience, CancellationToken.None));

        Assert.Contains("does not know this agent's cluster key", lost.Message);
        await TestAgent.UntilAsync(() => agent.Server.Counters.ConnectionsRefused == 1);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_plain_connection_to_a_cluster_agent_gets_nothing()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        await using RawClient client = await RawClient.ConnectAsync(agent);
        await client.SendAsync(0, new Hello(ProtocolVersion.Major, 0, default, "plain"));

        await Assert.ThrowsAsync<ChannelEndedException>(client.Channel.ReceiveAsync);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    [Timeout(60_000)]
    public async Task A_client_that_never_finishes_its_handshake_is_dropped(bool hasKey)
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Handshake = TimeSpan.FromMilliseconds(100) }, hasKey: hasKey);
        using Socket slow = new(SocketType.Stream, ProtocolType.Tcp);
        await slow.ConnectAsync(agent.Server.EndPoint);

        Assert.AreEqual(0, await slow.ReceiveAsync(new byte[1]), "the agent closes");
        await TestAgent.UntilAsync(() => agent.Server.Counters.ConnectionsRefused == 1);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_that_sends_nothing_for_long_is_dropped()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Watch = new(TimeSpan.FromMilliseconds(10), SilentTicks: 10, AliveTicks: 2) });
        await using RawClient client = await RawClient.AcceptedAsync(agent);

        Assert.AreEqual(ChannelEndKind.Closed, (await client.EndAsync()).Kind);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task No_more_clients_than_allowed_are_served()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Connections = 2 });
        await using RawClient first = await RawClient.AcceptedAsync(agent), second = await RawClient.AcceptedAsync(agent);
        await using RawClient third = await RawClient.ConnectAsync(agent);

        await third.EndAsync();

        await first.DisposeAsync();
        await TestAgent.UntilAsync(() => agent.Log.ToArray().Any(line => line.Contains("raw@127.0.0.1: connection ended", StringComparison.Ordinal)));
        await using RawClient fourth = await TryUntilAcceptedAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_of_another_major_version_is_told_both()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using RawClient client = await RawClient.ConnectAsync(agent);
        await client.SendAsync(0, new Hello(9, 1, default, "raw"));

        Rejected rejected = (Rejected)await client.Channel.ReceiveAsync();

        Assert.AreEqual(RejectReason.Version, rejected.Reason);
        Assert.Contains($"speaks protocol {ProtocolVersion.Text}, the client 9.1", rejected.Text);
    }

    [TestMethod]
    [DataRow("GET / HTTP/1.1\r\nHost: agent\r\n\r\n")]
    [DataRow("\u0016\u0003\u0001\u0002\0\u0001\0\u0001")]
    [DataRow("\u0001\0\0\0\0\0\0\u0001\0")]
    [Timeout(60_000)]
    public async Task What_is_not_a_client_is_closed(string bytes)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        using Socket stranger = new(SocketType.Stream, ProtocolType.Tcp);
        await stranger.ConnectAsync(agent.Server.EndPoint);
        await stranger.SendAsync(System.Text.Encoding.Latin1.GetBytes(bytes));

        await TestAgent.UntilAsync(() => agent.Server.Counters.ConnectionsRefused == 1);
        await using RawClient client = await RawClient.AcceptedAsync(agent);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Questions_of_strangers_replays_and_garbage_are_counted_and_not_answered()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        WhoHas question = new(1, now, [], [1]);
        byte[] good = question.ToBytes(agent.Key);
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        client.Connect(agent.Server.EndPoint);
        byte[][] bad = [[1, 2, 3], question.ToBytes(null), question.ToBytes(new ClusterKey(new byte[32])), good[..^1], new ClockAnswer(1, now).ToBytes(agent.Key)];
        foreach (byte[] datagram in bad)
        {
            await client.SendAsync(datagram);
        }

        await TestAgent.UntilAsync(() => agent.Server.Counters.DatagramsIgnored == bad.Length);
        await client.SendAsync(good);
        UdpReceiveResult answer = await client.ReceiveAsync();
        await client.SendAsync(good);
        await TestAgent.UntilAsync(() => agent.Server.Counters.DatagramsIgnored == bad.Length + 1);

        Assert.IsLessThanOrEqualTo(good.Length, answer.Buffer.Length);
        Assert.AreEqual(1, agent.Server.Counters.QuestionsAnswered);
        Assert.AreEqual(0, client.Available);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_question_with_a_wrong_clock_is_told_the_right_time()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        client.Connect(agent.Server.EndPoint);
        await client.SendAsync(new WhoHas(5, 1_000, [], []).ToBytes(null));

        UdpReceiveResult answer = await client.ReceiveAsync();

        Assert.IsTrue(DatagramSeal.TryOpen(answer.Buffer, null, out DatagramHeader header, out ReadOnlySpan<byte> body));
        ClockAnswer clock = ClockAnswer.Read(header, body)!;
        Assert.AreEqual(5ul, clock.Nonce);
        Assert.IsGreaterThan(1_700_000_000_000, clock.Time);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_stops_with_clients_connected_and_frees_its_port()
    {
        TestAgent agent = await TestAgent.StartAsync();
        await using TestAgent owner = agent;
        IPEndPoint endPoint = agent.Server.EndPoint;
        await using AgentConnection connection = await agent.ConnectAsync();

        await agent.Server.StopAsync(CancellationToken.None);
        await agent.Server.StopAsync(CancellationToken.None);

        await Assert.ThrowsAsync<AgentLostException>(() => connection.FetchAsync(Key, wait: false, CancellationToken.None));
        PortPair.Open(endPoint.Address, endPoint.Port).Dispose();
    }

    private static async Task<RawClient> TryUntilAcceptedAsync(TestAgent agent)
    {
        while (true)
        {
            try
            {
                return await RawClient.AcceptedAsync(agent);
            }
            catch (ChannelEndedException)
            {
                // The place of the one that left is not free yet.
            }
        }
    }
}
