using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>Agents that one client learned of by multicast DNS, for as long as it lives.</summary>
internal sealed class AnnouncedAgents
{
    /// <summary>More than a LAN has at odd ports; a bound for what a stranger can make a client send.</summary>
    private const int Most = 32;

    /// <summary>A build with many questions asks with the first ones only: who is announced later is found by the next build.</summary>
    private const int MostQuestions = 3;

    private readonly HashSet<IPEndPoint> _endPoints = [];
    private int _questions;

    public IReadOnlyCollection<IPEndPoint> EndPoints => _endPoints;

    public bool IsToBeAsked() => _questions++ < MostQuestions;

    /// <summary>Those of them that are new and that no shout to a port reaches.</summary>
    public IReadOnlyList<IPEndPoint> Learn(IEnumerable<IPEndPoint> agents, int shoutPort) =>
        [.. agents.Where(agent => agent.Port != shoutPort && _endPoints.Count < Most && _endPoints.Add(agent))];
}
