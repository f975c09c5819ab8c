using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Placement;

/// <summary>
/// Which agents are a key's home, by weighted rendezvous hashing (Thaler and Ravishankar 1998; the weights as in Resch 2015): every client that knows the same
/// agents names the same one without asking anybody, each agent gets keys by its weight, and an agent that goes takes only its own keys' homes with it.
/// </summary>
public static class HomeAgents
{
    private const int GuidLength = 16;

    /// <summary>The best agents for a key, best first.</summary>
    /// <param name="weight">Positive; an agent of twice the weight is home of twice as many keys.</param>
    public static IReadOnlyList<TAgent> Order<TAgent>(Digest key, IEnumerable<TAgent> agents, Func<TAgent, Guid> id, Func<TAgent, double> weight) =>
        [.. agents.OrderBy(Distance(key, id, weight)).ThenBy(id)];

    /// <summary>A key's homes among those that can compile it, weighted by what they can do; best first.</summary>
    /// <param name="toolchain">Fingerprint of the unit's toolchain.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<Offer> Of(Digest key, ulong toolchain, IEnumerable<Offer> agents, int most)
    {
        // A batch asks for the homes of hundreds of keys among a thousand agents: they are not sorted for it.
        Func<Offer, double> distance = Distance<Offer>(key, offer => offer.AgentId, offer => Math.Max(1, offer.Power) * offer.Slots);
        List<(double Distance, Offer Agent)> best = new(most + 1);
        foreach (Offer offer in agents)
        {
            if (offer.Slots > 0 && offer.Toolchains.Contains(toolchain))
            {
                double own = distance(offer);
                int at = best.FindIndex(other => own < other.Distance || (own == other.Distance && offer.AgentId.CompareTo(other.Agent.AgentId) < 0));
                best.Insert(at < 0 ? best.Count : at, (own, offer));
                best.RemoveRange(Math.Min(most, best.Count), Math.Max(0, best.Count - most));
            }
        }

        return [.. best.Select(one => one.Agent)];
    }

    /// <summary>How far agents are from a key.</summary>
    private static Func<TAgent, double> Distance<TAgent>(Digest key, Func<TAgent, Guid> id, Func<TAgent, double> weight)
    {
        byte[] both = new byte[Digest.Size + GuidLength];
        key.ToArray().CopyTo(both, 0);
        return agent => -Math.Log(Draw(both, id(agent))) / weight(agent);
    }

    /// <summary>A number in (0, 1) that depends on both, evenly spread.</summary>
    private static double Draw(byte[] both, Guid agent)
    {
        agent.ToByteArray().CopyTo(both, both.Length - GuidLength);
        return ((XxHash64.Hash(both) >> 11) + 0.5) / (1L << 53);
    }
}
