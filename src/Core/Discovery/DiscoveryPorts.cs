using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>Where questions to everybody go, and where their answers come back to.</summary>
public static class DiscoveryPorts
{
    /// <summary>For build nodes of one machine that ask at the same time; a further one uses a port that the system chooses.</summary>
    public const int AnswerPorts = 16;

    /// <summary>The group that agents join on every interface: of the organisation-local range of RFC 2365, and never forwarded, because the time to live is 1.</summary>
    public static IPAddress Group { get; } = IPAddress.Parse("239.255.27.182");

    /// <summary>The ports after the agents' own, beginning anywhere, so that build nodes seldom try the same first.</summary>
    public static IEnumerable<int> AnswersTo(int agentPort)
    {
        int first = new Random().Next(AnswerPorts);
        return Enumerable.Range(0, AnswerPorts).Select(i => agentPort + 1 + ((first + i) % AnswerPorts)).Where(port => port <= IPEndPoint.MaxPort);
    }
}
