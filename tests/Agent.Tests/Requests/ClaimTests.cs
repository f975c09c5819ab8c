using DistBuild.Agent.Connections;
using DistBuild.Agent.Requests;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class ClaimTests
{
    private static readonly Digest Key = Digest.Of("key"u8);
    private static readonly CompiledResult Made = new("object"u8.ToArray(), "out"u8.ToArray(), default);

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_first_compiles_and_the_others_hear_which_agent_has_the_result()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        AgentConnection[] clients = await ConnectAsync(agent, 4);
        Guid elsewhere = Guid.NewGuid();
        KeyClaim claim = await MineAsync(clients[0]);

        Task<ClaimAnswer>[] waiting = [.. await Task.WhenAll(clients.Skip(1).Select(TakenAsync))];
        Assert.IsFalse(await claim.SettleAsync(elsewhere, CancellationToken.None));

        foreach (Task<ClaimAnswer> outcome in waiting)
        {
            Assert.AreEqual(new ClaimAnswer.Elsewhere(elsewhere), await outcome);
        }

        Assert.AreEqual(new ClaimAnswer.Elsewhere(elsewhere), await clients[2].ClaimAsync(Key, retry: false, CancellationToken.None), "it is remembered");
        Assert.IsInstanceOfType<ClaimAnswer.Mine>(await clients[2].ClaimAsync(Key, retry: true, CancellationToken.None), "until somebody knows better");
        await DisposeAsync(clients);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_claim_whose_holder_gives_up_or_dies_goes_to_the_next()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        AgentConnection[] clients = await ConnectAsync(agent, 3);
        KeyClaim first = await MineAsync(clients[0]);
        Task<ClaimAnswer> second = await TakenAsync(clients[1]), third = await TakenAsync(clients[2]);

        await first.DisposeAsync();
        Assert.IsInstanceOfType<ClaimAnswer.Mine>(await second);
        Assert.IsFalse(third.IsCompleted);
        await clients[1].DisposeAsync();

        KeyClaim mine = ((ClaimAnswer.Mine)await third).Claim;
        Assert.IsFalse(await mine.SettleAsync(Guid.Empty, CancellationToken.None), "nobody waits any more");
        await DisposeAsync(clients);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_claim_whose_holder_gives_no_sign_of_life_goes_to_the_next_and_what_the_first_makes_all_the_same_is_taken()
    {
        await using TestAgent agent = await TestAgent.StartAsync(
            new() { Watch = new(TimeSpan.FromMilliseconds(10), SilentTicks: 100_000, AliveTicks: 2), Limits = new() { ClaimSilence = TimeSpan.FromMilliseconds(30) } });
        await using AgentConnection frozen = await agent.ConnectAsync(TestAgent.Patience with { Watch = new(TimeSpan.FromHours(1), 1, 1) });
        AgentConnection[] others = await ConnectAsync(agent, 2);
        Guid elsewhere = Guid.NewGuid();
        KeyClaim claim = await MineAsync(frozen);

        Task<ClaimAnswer>[] waiting = [await TakenAsync(others[0]), await TakenAsync(others[1])];
        Task<ClaimAnswer> next = await Task.WhenAny(waiting);
        Assert.IsInstanceOfType<ClaimAnswer.Mine>(await next);

        Assert.IsFalse(await claim.SettleAsync(elsewhere, CancellationToken.None));
        Task<ClaimAnswer> last = waiting.Single(one => one != next);
        ClaimAnswer outcome = await last;
        if (outcome is ClaimAnswer.Mine)
        {
            // On a busy machine the second was silent for as long too.
            outcome = await others[0].ClaimAsync(Key, retry: false, CancellationToken.None);
        }

        Assert.AreEqual(new ClaimAnswer.Elsewhere(elsewhere), outcome);
        await DisposeAsync(others);
    }

    [TestMethod]
    public void A_holder_whom_nobody_waits_for_keeps_its_claim_however_silent_it_is()
    {
        ClaimTable table = new(Guid.NewGuid(), TimeSpan.FromSeconds(5), TimeProvider.System);
        using ClaimPlace holder = table.Enter(Key, retry: false);
        holder.PassOn();

        using ClaimPlace second = table.Enter(Key, retry: false);
        Assert.IsFalse(second.Turn.IsCompleted);
        holder.PassOn();
        Assert.IsTrue(second.Turn.IsCompleted);
    }

    [TestMethod]
    public void A_silent_holder_is_passed_over_before_those_who_wait_lose_three_seconds()
    {
        // Two looks may be late: the one before the holder's last sign, and the one at which it was too long ago.
        TimeSpan longest = new RequestLimits().ClaimSilence + new AgentServerOptions().Watch.Tick;

        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(3), longest);
        ConnectionTimings client = new();
        Assert.IsGreaterThan(client.Watch.Tick * client.Watch.AliveTicks * 2, new RequestLimits().ClaimSilence, "a client that waits speaks every second");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_result_that_only_its_client_has_is_handed_over_when_others_wait_for_it()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        AgentConnection[] clients = await ConnectAsync(agent, 2);
        KeyClaim claim = await MineAsync(clients[0]);
        Task<ClaimAnswer> waiting = await TakenAsync(clients[1]);

        Assert.IsTrue(await claim.SettleAsync(Guid.Empty, CancellationToken.None));
        Assert.IsTrue(await clients[0].KeepAsync(Key, KeepKind.Result, Made, CancellationToken.None));

        CompiledResult result = ((ClaimAnswer.Made)await waiting).Result;
        CollectionAssert.AreEqual(Made.Object.ToArray(), result.Object.ToArray());
        CollectionAssert.AreEqual(Made.Output.ToArray(), result.Output.ToArray());
        await DisposeAsync(clients);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_result_that_is_promised_and_never_comes_is_compiled_by_the_next()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { ClaimUpload = TimeSpan.FromMilliseconds(50) } });
        AgentConnection[] clients = await ConnectAsync(agent, 2);
        KeyClaim claim = await MineAsync(clients[0]);
        Task<ClaimAnswer> waiting = await TakenAsync(clients[1]);

        Assert.IsTrue(await claim.SettleAsync(Guid.Empty, CancellationToken.None));

        Assert.IsInstanceOfType<ClaimAnswer.Mine>(await waiting);
        await DisposeAsync(clients);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_the_home_agent_has_is_answered_at_once()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        agent.Store.TryAdd(Key, Made, "test");
        await using AgentConnection client = await agent.ConnectAsync();

        Assert.IsInstanceOfType<ClaimAnswer.Made>(await client.ClaimAsync(Key, retry: false, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_result_said_to_be_here_that_is_not_is_compiled_by_one_of_those_who_wait()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        AgentConnection[] clients = await ConnectAsync(agent, 3);
        KeyClaim claim = await MineAsync(clients[0]);
        Task<ClaimAnswer>[] waiting = [await TakenAsync(clients[1]), await TakenAsync(clients[2])];

        await claim.SettleAsync(agent.State.AgentId, CancellationToken.None);
        Task<ClaimAnswer> next = await Task.WhenAny(waiting);
        await ((ClaimAnswer.Mine)await next).Claim.SettleAsync(Guid.Parse("00112233445566778899aabbccddeeff"), CancellationToken.None);

        Assert.IsInstanceOfType<ClaimAnswer.Elsewhere>(await waiting.Single(one => one != next));
        await DisposeAsync(clients);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_that_settles_what_it_has_not_claimed_loses_its_connection()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection holder = await agent.ConnectAsync();
        await using RawClient raw = await RawClient.AcceptedAsync(agent);
        await MineAsync(holder);

        await raw.SendAsync(1, new Claim(Key, Retry: false));
        Assert.AreSame(Signal.Taken, await raw.ReceiveAsync());
        await raw.SendAsync(1, new Settle(Guid.NewGuid()));

        await raw.EndAsync();
    }

    private static async Task<AgentConnection[]> ConnectAsync(TestAgent agent, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => agent.ConnectAsync()));

    private static async Task<KeyClaim> MineAsync(AgentConnection client) =>
        ((ClaimAnswer.Mine)await client.ClaimAsync(Key, retry: false, CancellationToken.None)).Claim;

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_home_says_of_a_key_that_is_claimed_or_made_elsewhere_that_it_knows_who()
    {
        await using TestAgent home = await TestAgent.StartAsync();
        await using AgentConnection client = await home.ConnectAsync();
        Assert.IsEmpty((await home.AskAsync(Key.Fingerprint)).Holdings);

        KeyClaim claim = ((ClaimAnswer.Mine)await client.ClaimAsync(Key, retry: false, CancellationToken.None)).Claim;
        Assert.AreEqual(Holding.Elsewhere, (await home.AskAsync(Key.Fingerprint)).Holdings[Key.Fingerprint]);
        await claim.SettleAsync(Guid.NewGuid(), CancellationToken.None);
        Assert.AreEqual(Holding.Elsewhere, (await home.AskAsync(Key.Fingerprint)).Holdings[Key.Fingerprint]);

        KeyClaim again = ((ClaimAnswer.Mine)await client.ClaimAsync(Key, retry: true, CancellationToken.None)).Claim;
        await again.DisposeAsync();
        await TestAgent.UntilAsync(async () => (await home.AskAsync(Key.Fingerprint)).Holdings.Count == 0);
    }

    private static async Task<Task<ClaimAnswer>> TakenAsync(AgentConnection client) =>
        ((ClaimAnswer.Taken)await client.ClaimAsync(Key, retry: false, CancellationToken.None)).OutcomeAsync(CancellationToken.None);

    private static async Task DisposeAsync(AgentConnection[] clients)
    {
        foreach (AgentConnection client in clients)
        {
            await client.DisposeAsync();
        }
    }
}
