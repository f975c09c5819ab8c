using System.Globalization;
using System.Net;
using System.Text;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

/// <summary>Whom a client asks, and whose slots it takes, when there are many agents.</summary>
[TestClass]
public sealed class LargeNetworkTests
{
    private const ulong Gcc = 1, Clang = 2;

    private static readonly AskedKey[] Keys = [.. Enumerable.Range(0, 50).Select(i => new AskedKey(Named($"key {i}"), Gcc))];

    [TestMethod]
    public void Few_agents_are_all_asked_for_everything()
    {
        Assert.IsNull(Audience.Choose(Keys, Agents(Audience.Everybody)));
    }

    [TestMethod]
    public void Of_many_agents_only_each_keys_homes_are_asked_and_for_that_key_only()
    {
        Offer[] agents = Agents(1000);

        IReadOnlyDictionary<Offer, IReadOnlyList<Digest>> asked = Audience.Choose(Keys, agents)!;

        foreach (AskedKey key in Keys)
        {
            CollectionAssert.AreEquivalent(
                HomeAgents.Of(key.Key, Gcc, agents, Audience.Homes).ToArray(), asked.Where(one => one.Value.Contains(key.Key)).Select(one => one.Key).ToArray());
        }

        Assert.AreEqual(Keys.Length * Audience.Homes, asked.Sum(one => one.Value.Count));
    }

    [TestMethod]
    public void Homes_have_the_units_toolchain_and_slots()
    {
        Offer[] agents = [.. Agents(100).Select((agent, i) => i % 2 == 0 ? agent : i % 4 == 1 ? agent with { Toolchains = [Clang] } : agent with { Slots = 0 })];

        Assert.IsTrue(Audience.Choose(Keys, agents)!.Keys.All(home => home.Slots > 0 && home.Toolchains.Contains(Gcc)));
    }

    [TestMethod]
    public void A_toolchain_that_nobody_is_known_to_have_is_asked_of_everybody()
    {
        Assert.IsNull(Audience.Choose([.. Keys, new AskedKey(Named("other"), 3)], Agents(1000)));
    }

    [TestMethod]
    public void Few_agents_all_help()
    {
        Offer[] agents = Agents(Audience.Everybody);

        CollectionAssert.AreEquivalent(agents, Helpers.Choose(agents, 1, Named("client")).ToArray());
    }

    [TestMethod]
    public void Of_many_agents_so_many_help_that_each_unit_has_two_slots_and_other_clients_draw_others()
    {
        Offer[] agents = Agents(1000);

        IReadOnlyList<Offer> few = Helpers.Choose(agents, 1, Named("a")), many = Helpers.Choose(agents, 200, Named("a")), others = Helpers.Choose(agents, 200, Named("b"));

        Assert.HasCount(Audience.Everybody, few);
        Assert.IsInRange(400, 400 + agents[0].Slots, many.Sum(agent => agent.Slots));
        Assert.IsLessThan(many.Count / 2, many.Intersect(others).Count());
    }

    [TestMethod]
    public void Free_agents_help_before_busy_ones_and_strong_ones_more_often_than_weak_ones()
    {
        Offer[] agents = [.. Agents(1000).Select((agent, i) => i % 2 == 0 ? agent with { FreeSlots = 0 } : agent with { Power = i % 4 == 1 ? 200 : 50 })];

        IReadOnlyList<Offer> chosen = Helpers.Choose(agents, 100, Named("client"));

        Assert.IsGreaterThan(chosen.Count * 9 / 10, chosen.Count(agent => agent.FreeSlots > 0));
        Assert.IsGreaterThan(chosen.Count / 2, chosen.Count(agent => agent.Power == 200));
    }

    private static Offer[] Agents(int count) =>
    [
        .. Enumerable.Range(1, count).Select(i => new Offer(
            new Guid(i, 0, 0, new byte[8]), i.ToString(CultureInfo.InvariantCulture), new IPEndPoint(IPAddress.Loopback, i), null, 2, 2, 0, 100, 0, 0, [Gcc], new Dictionary<ulong, Holding>())),
    ];

    private static Digest Named(string name) => Digest.Of(Encoding.ASCII.GetBytes(name));
}
