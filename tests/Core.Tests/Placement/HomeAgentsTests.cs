using System.Net;
using System.Text;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class HomeAgentsTests
{
    private static readonly Guid[] Agents = [.. Enumerable.Range(1, 10).Select(i => new Guid(i, 0, 0, new byte[8]))];
    private static readonly Digest[] Keys = [.. Enumerable.Range(0, 10_000).Select(i => Digest.Of(Encoding.ASCII.GetBytes($"key {i}")))];

    [TestMethod]
    public void Whoever_knows_the_same_agents_names_the_same_home_in_whatever_order_they_answered()
    {
        foreach (Digest key in Keys.Take(100))
        {
            CollectionAssert.AreEqual(Order(key, Agents).ToArray(), Order(key, Agents.Reverse()).ToArray());
        }
    }

    [TestMethod]
    public void An_agent_that_goes_takes_only_its_own_keys_with_it()
    {
        foreach (Digest key in Keys.Take(1000))
        {
            Guid[] all = [.. Order(key, Agents)], fewer = [.. Order(key, Agents.Skip(1))];

            CollectionAssert.AreEqual(all.Where(agent => agent != Agents[0]).ToArray(), fewer);
        }
    }

    [TestMethod]
    public void Homes_are_spread_by_weight()
    {
        int[] homes = new int[10];
        foreach (Digest key in Keys)
        {
            homes[Array.IndexOf(Agents, HomeAgents.Order(key, Agents, agent => agent, agent => agent == Agents[0] ? 3 : 1)[0])]++;
        }

        // Three parts of twelve, and one each; six standard deviations of a fair draw around them.
        Assert.IsInRange(2500 - 260, 2500 + 260, homes[0]);
        Assert.IsTrue(homes.Skip(1).All(count => count is > 833 - 166 and < 833 + 166), string.Join(' ', homes));
    }

    [TestMethod]
    public void The_few_homes_of_a_key_are_the_first_of_all_in_order()
    {
        Offer[] offers = [.. Agents.Select((agent, i) => new Offer(
            agent, "", new IPEndPoint(IPAddress.Loopback, 1), null, 1 + (i % 3), 1, 0, 50 + (20 * i), 0, 0, [7], new Dictionary<ulong, Holding>()))];
        foreach (Digest key in Keys.Take(100))
        {
            CollectionAssert.AreEqual(
                HomeAgents.Order(key, offers, offer => offer.AgentId, offer => offer.Power * offer.Slots).Take(3).ToArray(), HomeAgents.Of(key, 7, offers, 3).ToArray());
            Assert.IsEmpty(HomeAgents.Of(key, 8, offers, 3));
        }
    }

    private static IReadOnlyList<Guid> Order(Digest key, IEnumerable<Guid> agents) => HomeAgents.Order(key, agents, agent => agent, _ => 1);
}
