using DistBuild.Core.Hashing;

namespace DistBuild.Core.Placement;

/// <summary>
/// Which agents are a key's home, by weighted rendezvous hashing (Thaler and Ravishankar 1998; the weights as in Resch 2015): every client that knows the same
/// agents names the same one without asking anybody, each agent gets keys by its weight, and an agent that goes takes only its own keys' homes with it.
/// </summary>
public static class HomeAgents
{
    /// <summary>The best agents for a key, best first.</summary>
    /// <param name="weight">Positive; an agent of twice the weight is home of twice as many keys.</param>
    public static IReadOnlyList<TAgent> Order<TAgent>(Digest key, IEnumerable<TAgent> agents, Func<TAgent, Guid> id, Func<TAgent, double> weight) =>
        [.. agents.OrderBy(agent => -Math.Log(Draw(key, id(agent))) / weight(agent)).ThenBy(id)];

    /// <summary>A number in (0, 1) that depends on both, evenly spread.</summary>
    private static double Draw(Digest key, Guid agent)
    {
        byte[] both = [.. key.ToArray(), .. agent.ToByteArray()];
        return ((XxHash64.Hash(both) >> 11) + 0.5) / (1L << 53);
    }
}
