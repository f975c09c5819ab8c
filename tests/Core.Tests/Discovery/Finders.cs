using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Core.Tests.Discovery;

/// <summary>Finders that ask only whom a test names.</summary>
internal static class Finders
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    /// <summary>Where an answer must come: the question is over as soon as it has.</summary>
    public static FinderTimings Patient { get; } = new() { LongestPatience = Long, ShortestPatience = Long, Retransmit = Long };

    /// <summary>Where none will.</summary>
    public static FinderTimings Impatient { get; } = new() { LongestPatience = TimeSpan.FromMilliseconds(60), Retransmit = TimeSpan.FromMilliseconds(5) };

    public static AgentFinder Finder(FinderTimings timings, params DatagramAgent[] agents) => Finder(timings, [.. agents.Select(agent => new AgentAddress("localhost", agent.Port))]);

    public static AgentFinder Finder(FinderTimings timings, params AgentAddress[] agents) => new(Options(agents), TimeProvider.System, timings);

    public static BuildOptions Options(params AgentAddress[] agents) => new() { Store = "unused", Broadcast = false, Agents = agents };
}
