using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

/// <summary>A client with the read-only key gets what is there, and leaves nothing behind.</summary>
[TestClass]
public sealed class ReadOnlyRoleTests
{
    private static readonly Digest Key = Digest.Of("key"u8);
    private static readonly CompiledResult Stored = new("object"u8.ToArray(), default, default);

    [TestMethod]
    [Timeout(60_000)]
    public async Task It_is_answered_fetches_and_sees_no_slots()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        agent.Store.TryAdd(Key, Stored, "test");

        Offer offer = await TestAgent.AskAsync(agent.ReaderOptions, Key.Fingerprint);
        await using AgentConnection reader = await AgentConnection.ConnectAsync(offer, agent.Key!.ReadOnly, TestAgent.Patience, CancellationToken.None);

        Assert.AreEqual(0, offer.Slots);
        Assert.AreEqual(0, offer.FreeSlots);
        Assert.AreEqual(Holding.Object, offer.Holdings[Key.Fingerprint]);
        CollectionAssert.AreEqual(Stored.Object.ToArray(), (await reader.FetchAsync(Key, wait: false, CancellationToken.None))!.Object.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Its_own_side_asks_for_nothing_it_may_not_have()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        await using AgentConnection reader = await AgentConnection.ConnectAsync(await agent.AskAsync(), agent.Key!.ReadOnly, TestAgent.Patience, CancellationToken.None);

        Assert.IsNull(await reader.LeaseAsync(TestCompiler.Gcc.Digest, CancellationToken.None));
        Assert.IsInstanceOfType<ClaimAnswer.Unclaimed>(await reader.ClaimAsync(Key, retry: false, CancellationToken.None));
        Assert.IsFalse(await reader.KeepAsync(Key, KeepKind.Result, Stored, CancellationToken.None));
        Assert.IsNull(agent.Store.TryGet(Key));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_asks_all_the_same_is_refused_with_the_reason_and_served_on()
    {
        await using TestAgent agent = await TestAgent.StartAsync(hasKey: true);
        Offer offer = await agent.AskAsync();
        ClusterKey key = agent.Key!.ReadOnly!;
        Stream plain = await AgentDialer.DialAsync(offer, key, TestAgent.Patience, CancellationToken.None);
        await using FrameChannel channel = new(await AgentDialer.SecureAsync(plain, offer, TestAgent.Patience, CancellationToken.None), FrameDirection.ToClient);
        Accepted terms = await ClientHandshake.RunAsync(channel, offer, "reader", key, TestAgent.Patience, TimeSpan.FromSeconds(30), CancellationToken.None);
        WireMessage[] forbidden = [new Lease(TestCompiler.Gcc.Digest), new Claim(Key, false), new Keep(Key, KeepKind.Result, ResultContent.Describe(Stored)!)];

        for (ushort stream = 1; stream <= forbidden.Length; stream++)
        {
            await channel.SendAsync(stream, forbidden[stream - 1], CancellationToken.None);
            Declined declined = (Declined)await NextAsync(channel);
            Assert.AreEqual(DeclineReason.Role, declined.Reason);
            Assert.Contains("read-only key", declined.Text);
        }

        Assert.AreEqual(ClientRole.ReadOnly, terms.Role);
        await channel.SendAsync(9, new Fetch(Key, false), CancellationToken.None);
        Assert.AreEqual(FrameType.Missing, (await NextAsync(channel)).Type);
        Assert.AreEqual(agent.Slots.Slots, agent.Slots.Free);
    }

    private static async Task<WireMessage> NextAsync(FrameChannel channel)
    {
        WireMessage message;
        do
        {
            message = await channel.ReceiveAsync();
        }
        while (message.Type == FrameType.Alive);

        return message;
    }
}
