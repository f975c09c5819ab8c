using System.Net;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class AgentFinderTests
{
    [TestMethod]
    [Timeout(60_000)]
    public async Task A_configured_agent_answers()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finders.Finder(Finders.Patient, agent);

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
        using AgentFinder finder = new(Finders.Options() with { Broadcast = true, Port = agent.Port }, TimeProvider.System, Finders.Patient);

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.IsNull(finder.Warning);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Where_discovery_is_off_and_nothing_configured_nobody_is_asked()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = new(Finders.Options() with { Port = agent.Port }, TimeProvider.System, Finders.Patient);

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
        using AgentFinder finder = Finders.Finder(Finders.Patient, new AgentAddress("127.0.0.1", port));

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
        using AgentFinder finder = Finders.Finder(Finders.Patient with { Retransmit = TimeSpan.FromMilliseconds(5) }, agent);

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
        using AgentFinder finder = new(Finders.Options(new AgentAddress("localhost", silent.Port)), time, Finders.Impatient);
        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));
        Assert.IsTrue(time.Delays.Any(IsWait));
        time.Delays.Clear();

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.IsFalse(time.Delays.Any(IsWait));

        bool IsWait(TimeSpan delay) => delay > Finders.Impatient.Retransmit && delay <= Finders.Impatient.LongestPatience;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task More_than_a_datagram_holds_is_asked_in_parts_and_answered_as_one()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finders.Finder(Finders.Patient, agent);
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
        using AgentFinder finder = Finders.Finder(Finders.Patient, a, b, c);

        IReadOnlyList<Offer> offers = await finder.AskAsync([1], [10], CancellationToken.None);

        CollectionAssert.AreEquivalent(new[] { a.Id, b.Id, c.Id }, offers.Select(offer => offer.AgentId).ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_configured_under_two_names_is_one_offer()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finders.Finder(Finders.Patient, new AgentAddress("localhost", agent.Port), new AgentAddress("127.0.0.1", agent.Port), new AgentAddress("127.0.0.2", agent.Port));

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
    }

    [TestMethod]
    [DataRow("no such host.invalid")]
    [DataRow("")]
    [DataRow("::1")]
    [Timeout(60_000)]
    public async Task A_name_that_leads_nowhere_is_as_good_as_nobody(string host)
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finders.Finder(Finders.Patient, new AgentAddress(host, 1), new AgentAddress("localhost", agent.Port));

        Assert.HasCount(1, await finder.AskAsync([1], [10], CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Questions_asked_at_once_each_get_their_own_answer()
    {
        using DatagramAgent agent = DatagramAgent.Good();
        using AgentFinder finder = Finders.Finder(Finders.Patient, agent);

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
        using AgentFinder finder = Finders.Finder(Finders.Patient, silent);
        using CancellationTokenSource cancel = new(50);

        await Assert.ThrowsAsync<OperationCanceledException>(() => finder.AskAsync([1], [10], cancel.Token));
    }
}
