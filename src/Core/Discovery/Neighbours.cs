using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>The agents of the LAN that one client knows: those remembered from earlier builds, until it is seen whether they answer, and those that answered a shout. Holds no lock; the caller serialises.</summary>
/// <param name="remembered">From earlier builds.</param>
internal sealed class Neighbours(IReadOnlyCollection<KnownAgent> remembered, TimeProvider time)
{
    /// <summary>A bound for datagrams by address; who comes later hears the shout.</summary>
    private const int MostAddresses = 64;

    private readonly Dictionary<Guid, KnownAgent> _agents = remembered.ToDictionary(agent => agent.Id);
    private readonly HashSet<Guid> _answered = [], _awaited = [.. remembered.Where(agent => !agent.IsMissed).Select(agent => agent.Id)];
    private bool _wasAsked;

    /// <summary>Who is worth waiting for after a shout.</summary>
    public IReadOnlyCollection<Guid> Awaited => _awaited;

    /// <summary>What to remember for the next build.</summary>
    public IReadOnlyCollection<KnownAgent> All =>
        [.. _agents.Values.Select(agent => _answered.Contains(agent.Id) || !_wasAsked ? agent : agent with { IsMissed = true })];

    /// <summary>Who is to be asked by address besides the shout: at first everyone remembered, then only those who answered.</summary>
    public IReadOnlyList<IPEndPoint> ToAsk()
    {
        IReadOnlyList<IPEndPoint> addresses = [.. _agents.Values.Where(agent => !_wasAsked || _answered.Contains(agent.Id)).Select(agent => agent.EndPoint).Take(MostAddresses)];
        _wasAsked = true;
        return addresses;
    }

    public void Answered(Offer offer)
    {
        _agents[offer.AgentId] = new KnownAgent(offer.AgentId, offer.EndPoint, time.GetUtcNow(), IsMissed: false);
        _answered.Add(offer.AgentId);
        _awaited.Add(offer.AgentId);
    }

    /// <summary>They did not answer a shout in time: they are not waited for until they answer.</summary>
    public void Missed(IEnumerable<Guid> agents) => _awaited.ExceptWith(agents);
}
