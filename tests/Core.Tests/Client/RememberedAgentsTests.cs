using System.Net;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Client;

[TestClass]
public sealed class RememberedAgentsTests : IDisposable
{
    private readonly TemporaryFolder _store = new();

    private string File => _store["notes/known-agents"];

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    public void Dispose() => _store.Dispose();

    [TestMethod]
    public void What_one_build_saves_the_next_one_loads()
    {
        KnownAgent[] agents = [Agent(1, Now), Agent(2, Now.AddHours(-2)) with { IsMissed = true }];

        Save([], agents);

        CollectionAssert.AreEquivalent(agents, Load());
    }

    [TestMethod]
    public void Who_has_not_answered_for_days_is_forgotten_and_so_is_a_time_of_another_clock()
    {
        KnownAgent young = Agent(1, Now - RememberedAgents.Lifetime + TimeSpan.FromMinutes(1));

        Save([], [young, Agent(2, Now - RememberedAgents.Lifetime - TimeSpan.FromMinutes(1)), Agent(3, Now.AddHours(1))]);

        CollectionAssert.AreEqual(new[] { young }, Load());
    }

    [TestMethod]
    public void Of_many_the_newest_are_kept()
    {
        Save([], [.. Enumerable.Range(1, RememberedAgents.Most + 10).Select(number => Agent((byte)number, Now.AddMinutes(-number)))]);

        KnownAgent[] kept = Load();
        Assert.HasCount(RememberedAgents.Most, kept);
        Assert.IsTrue(kept.All(agent => agent.EndPoint.Address.GetAddressBytes()[3] <= RememberedAgents.Most));
    }

    [TestMethod]
    public void What_has_not_changed_is_not_written_again()
    {
        KnownAgent[] agents = [Agent(1, Now.AddHours(-1))];
        Save([], agents);
        System.IO.File.Delete(File);

        Save(agents, [agents[0] with { Answered = Now }]);
        Assert.IsFalse(System.IO.File.Exists(File), "an hour is nothing");

        Save(agents, [agents[0] with { IsMissed = true }]);
        Assert.IsTrue(System.IO.File.Exists(File));
    }

    [TestMethod]
    public void A_damaged_file_is_like_none()
    {
        Save([], [Agent(1, Now)]);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.IsEmpty(Load(), $"{length} bytes of it");
        }
    }

    [TestMethod]
    public void A_store_that_cannot_be_written_costs_no_build()
    {
        System.IO.File.WriteAllText(_store["notes"], "a file where the folder should be");

        Save([], [Agent(1, Now)]);

        Assert.IsEmpty(Load());
    }

    private static KnownAgent Agent(byte number, DateTimeOffset answered) =>
        new(new Guid(number, 0, 0, new byte[8]), new IPEndPoint(new IPAddress([192, 0, 2, number]), 27182), answered, IsMissed: false);

    private void Save(IReadOnlyCollection<KnownAgent> before, IReadOnlyCollection<KnownAgent> now) => RememberedAgents.Save(_store.Path, TimeProvider.System, before, now);

    private KnownAgent[] Load() => [.. RememberedAgents.Load(_store.Path, TimeProvider.System)];
}
