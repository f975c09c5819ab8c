using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class AgentFinderTrustTests
{
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
        using AgentFinder finder = Finders.Finder(Finders.Patient, agent);

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
        using AgentFinder finder = new(Finders.Options(new AgentAddress("localhost", agent.Port)), time, Finders.Patient);
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
        BuildOptions options = Finders.Options([.. new[] { member, liar, stranger, open }.Select(agent => new AgentAddress("localhost", agent.Port))]);
        using AgentFinder finder = new(options with { ClusterKeyFile = folder["key"] }, TimeProvider.System, Finders.Impatient with { LongestPatience = TimeSpan.FromMilliseconds(300) });

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
        using AgentFinder finder = Finders.Finder(Finders.Patient, agent);

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
        using AgentFinder finder = Finders.Finder(Finders.Impatient with { LongestPatience = TimeSpan.FromSeconds(2) }, agent);

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.IsLessThan(100, agent.Questions.Count);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Without_a_key_other_machines_are_not_asked_and_a_person_is_told()
    {
        using AgentFinder finder = Finders.Finder(Finders.Patient, new AgentAddress("192.0.2.1", 1));

        Assert.IsEmpty(await finder.AskAsync([1], [10], CancellationToken.None));

        Assert.Contains("192.0.2.1:1 is not asked", finder.Warning!);
    }

    [TestMethod]
    public void A_key_file_that_cannot_be_used_is_said_at_once() =>
        Assert.Throws<ClusterKeyException>(() => new AgentFinder(Finders.Options() with { ClusterKeyFile = "/no/such/key" }, TimeProvider.System));
}
