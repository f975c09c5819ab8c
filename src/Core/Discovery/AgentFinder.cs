using DistBuild.Core.Client;

namespace DistBuild.Core.Discovery;

/// <summary>Asks the LAN who has, who is free and how strong, by UDP, and collects the answers that arrive in time.</summary>
public sealed class AgentFinder : IDisposable
{
    /// <exception cref="ClusterKeyException">The cluster key file cannot be used.</exception>
    public AgentFinder(BuildOptions options, TimeProvider time) => _ = (options, time);

    /// <summary>
    /// Sends one question for all fingerprints (about 100 a datagram) and returns one offer per agent that answered in time: when every configured agent has answered
    /// and no broadcast is out, or at the deadline (milliseconds, adaptive). No answer is an empty list, never an exception.
    /// </summary>
    public Task<IReadOnlyList<Offer>> AskAsync(IReadOnlyCollection<ulong> toolchains, IReadOnlyCollection<ulong> fingerprints, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public void Dispose()
    {
    }
}
