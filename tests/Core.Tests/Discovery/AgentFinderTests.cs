using System.Collections.Concurrent;
using System.Net;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class AgentFinderTests
{
    // Long where an answer must come: the question is over as soon as it has. Short where none will.
    private static readonly FinderTimings Patient = new() { LongestPatience = TimeSpan.FromSeconds(30), ShortestPatience = TimeSpan.FromSeconds(30) };
    private static readonly FinderTimings Impatient = new() { LongestPatience = TimeSpan.FromMilliseconds(60), Retransmit = TimeSpan.FromMilliseconds(5) };

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_configured_agent_answers()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, agent);

        Offer offer = (await finder.AskAsync([1, 2], [10, 20, 30], CancellationToken.None)).Single();

        Assert.AreEqual(agent.Id, offer.AgentId);
        Assert.AreEqual(new IPEndPoint(IPAddress.Loopback, agent.Port), offer.EndPoint);
        CollectionAssert.AreEquivalent(new ulong[] { 1, 2 }, offer.Toolchains.ToArray());
        CollectionAssert.AreEquivalent(new ulong[] { 10, 20, 30 }, offer.Holdings.Keys.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_on_this_machine_is_found_without_any_configuration()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = new(Options() with { Broadcast = true, Port = agent.Port }, TimeProvider.System, Patient);

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.IsNull(finder.Warning);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Where_discovery_is_off_and_nothing_configured_nobody_is_asked()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = new(Options() with { Port = agent.Port }, TimeProvider.System, Patient);

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.IsEmpty(agent.Questions);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_address_of_this_machine_where_nobody_listens_is_not_waited_for()
    {
        using DatagramAgent gone = DatagramAgent.Good();
        int port = gone.Port;
        gone.Dispose();
        using AgentFinder finder = Finder(Patient, new AgentAddress("127.0.0.1", port));

        for (int i = 0; i < 3; i++)
        {
            Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_lost_question_is_asked_again()
    {
        using DatagramAgent agent = new((self, question) => self.Questions.Count == 1 ? [] : [self.OfferFor(question).ToBytes(null)]);
        using AgentFinder finder = Finder(Patient, agent);

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.HasCount(2, agent.Questions);
        Assert.AreNotEqual(agent.Questions[0].Nonce, agent.Questions[1].Nonce, "or the agent would take it for a replay");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_silent_agent_is_asked_again_later_but_not_waited_for()
    {
        using DatagramAgent silent = new((_, _) => []);
        RecordingTime time = new();
        using AgentFinder finder = new(Options(new AgentAddress("localhost", silent.Port)), time, Impatient);
        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.IsTrue(time.Delays.Any(IsWait));
        time.Delays.Clear();

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.IsFalse(time.Delays.Any(IsWait));

        bool IsWait(TimeSpan delay) => delay > Impatient.Retransmit && delay <= Impatient.LongestPatience;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task More_than_a_datagram_holds_is_asked_in_parts_and_answered_as_one()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, agent);
        ulong[] toolchains = [.. Enumerable.Range(1, 40).Select(i => (ulong)i)], fingerprints = [.. Enumerable.Range(100, 300).Select(i => (ulong)i)];

        Offer offer = (await finder.AskAsync(toolchains, fingerprints, CancellationToken.None)).Single();

        Assert.HasCount(3, agent.Questions);
        CollectionAssert.AreEquivalent(toolchains, offer.Toolchains.ToArray());
        CollectionAssert.AreEquivalent(fingerprints, offer.Holdings.Keys.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Several_agents_answer_one_question()
    {
        using DatagramAgent a = DatagramAgent.Good(), b = DatagramAgent.Good(), c = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, a, b, c);

        IReadOnlyList<Offer> offers = await finder.AskAsync([1], [10], CancellationToken.None);

        CollectionAssert.AreEquivalent(new[] { a.Id, b.Id, c.Id }, offers.Select(offer => offer.AgentId).ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_configured_under_two_names_is_one_offer()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, new AgentAddress("localhost", agent.Port), new AgentAddress("127.0.0.1", agent.Port), new AgentAddress("127.0.0.2", agent.Port));

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
    }

    [TestMethod]
    [DataRow("garbage")]
    [DataRow("another nonce")]
    [DataRow("too few holdings")]
    [DataRow("cut off")]
    [DataRow("a question")]
    [Timeout(60_000)]
    public async Task What_is_no_answer_to_the_question_is_ignored_and_counted(string kind)
    {
        using DatagramAgent agent = new((self, question) => [Bad(self.OfferFor(question), question), self.OfferFor(question).ToBytes(null)]);
        using AgentFinder finder = Finder(Patient, agent);

        Offer offer = (await finder.AskAsync([1], [10, 20], CancellationToken.None)).Single();

        Assert.HasCount(2, offer.Holdings);
        Assert.AreEqual(1, finder.IgnoredDatagrams);

        byte[] Bad(OfferAnswer good, WhoHas question) => kind switch
        {
            "garbage" => [1, 2, 3],
            "another nonce" => (good with { Nonce = good.Nonce + 1 }).ToBytes(null),
            "too few holdings" => (good with { Holdings = [Holding.Object] }).ToBytes(null),
            "cut off" => good.ToBytes(null)[..50],
            _ => question.ToBytes(null),
        };
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_answer_recorded_from_an_earlier_question_is_ignored()
    {
        byte[]? recorded = null;
        using DatagramAgent agent = new((self, question) => recorded is null ? [recorded = self.OfferFor(question).ToBytes(null)] : [recorded, self.OfferFor(question).ToBytes(null)]);
        RecordingTime time = new();
        using AgentFinder finder = new(Options(new AgentAddress("localhost", agent.Port)), time, Patient);
        await finder.AskAsync([1], [10], CancellationToken.None);
        await finder.AskAsync([1], [10], CancellationToken.None);
        Assert.AreEqual(0, finder.IgnoredDatagrams, "it may only have been late");
        time.Later += TimeSpan.FromSeconds(5);

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.AreEqual(1, finder.IgnoredDatagrams);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task With_a_key_only_the_cluster_is_believed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["key"], "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        ClusterKey other = new(new byte[32]);
        using DatagramAgent member = DatagramAgent.Good(Wire.Samples.ClusterKey);
        using DatagramAgent liar = new((self, question) => [self.OfferFor(question).ToBytes(other), self.OfferFor(question).ToBytes(null)], Wire.Samples.ClusterKey);
        using DatagramAgent stranger = DatagramAgent.Good(other), open = DatagramAgent.Good();
        BuildOptions options = Options([.. new[] { member, liar, stranger, open }.Select(agent => new AgentAddress("localhost", agent.Port))]);
        using AgentFinder finder = new(options with { ClusterKeyFile = folder["key"] }, TimeProvider.System, Impatient with { LongestPatience = TimeSpan.FromMilliseconds(300) });

        IReadOnlyList<Offer> offers;
        do
        {
            offers = await finder.AskAsync([1], [10], CancellationToken.None);
        }
        while (offers.Count == 0);

        Assert.AreEqual(member.Id, offers.Single().AgentId);
        Assert.IsNotNull(offers[0].Certificate);
        Assert.IsEmpty(stranger.Questions, "it cannot even read the question");
        Assert.IsEmpty(open.Questions);
        Assert.IsGreaterThanOrEqualTo(2, finder.IgnoredDatagrams);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_machine_with_a_wrong_clock_asks_again_with_the_agents_time_and_remembers_it()
    {
        const long AgentTime = 1_900_000_000_000;
        using DatagramAgent agent = new((self, question) =>
            Math.Abs(question.Time - AgentTime) > 600_000 ? [new ClockAnswer(question.Nonce, AgentTime).ToBytes(null)] : [self.OfferFor(question).ToBytes(null)]);
        using AgentFinder finder = Finder(Patient with { Retransmit = TimeSpan.FromSeconds(30) }, agent);

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.HasCount(2, agent.Questions);
        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.HasCount(3, agent.Questions);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_that_always_wants_another_time_is_not_followed_for_ever()
    {
        using DatagramAgent agent = new((_, question) => [new ClockAnswer(question.Nonce, question.Time + 1_000_000).ToBytes(null)]);
        using AgentFinder finder = Finder(Impatient with { LongestPatience = TimeSpan.FromSeconds(2) }, agent);

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.IsLessThan(100, agent.Questions.Count);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Without_a_key_other_machines_are_not_asked_and_a_person_is_told()
    {
        using AgentFinder finder = Finder(Patient, new AgentAddress("192.0.2.1", 1));

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.Contains("192.0.2.1:1 is not asked", finder.Warning!);
    }

    [TestMethod]
    [DataRow("no such host.invalid")]
    [DataRow("")]
    [DataRow("::1")]
    [Timeout(60_000)]
    public async Task A_name_that_leads_nowhere_is_as_good_as_nobody(string host)
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, new AgentAddress(host, 1), new AgentAddress("localhost", agent.Port));

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Questions_asked_at_once_each_get_their_own_answer()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finder(Patient, agent);

        IReadOnlyList<Offer>[] answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => finder.AskAsync([], [(ulong)i], CancellationToken.None)));

        for (int i = 0; i < answers.Length; i++)
        {
            CollectionAssert.AreEqual(new[] { (ulong)i + 1 }, answers[i].Single().Holdings.Keys.ToArray());
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_cancelled_question_ends_at_once()
    {
        using DatagramAgent silent = new((_, _) => []);
        using AgentFinder finder = Finder(Patient, silent);
        using CancellationTokenSource cancel = new(50);

        await Assert.ThrowsAsync<OperationCanceledException>(() => finder.AskAsync([1], [10], cancel.Token));
    }

    [TestMethod]
    public void A_key_file_that_cannot_be_used_is_said_at_once() =>
        Assert.Throws<ClusterKeyException>(() => new AgentFinder(Options() with { ClusterKeyFile = "/no/such/key" }, TimeProvider.System));

    private static AgentFinder Finder(FinderTimings timings, params DatagramAgent[] agents) => Finder(timings, [.. agents.Select(agent => new AgentAddress("localhost", agent.Port))]);

    private static AgentFinder Finder(FinderTimings timings, params AgentAddress[] agents) => new(Options(agents), TimeProvider.System, timings);

    private static BuildOptions Options(params AgentAddress[] agents) => new() { Store = "unused", Broadcast = false, Agents = agents };

    /// <summary>The real time, or later, with a list of what was waited for.</summary>
    private sealed class RecordingTime : TimeProvider
    {
        public ConcurrentBag<TimeSpan> Delays { get; } = [];

        public TimeSpan Later { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Delays.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
