using DistBuild.Core.Discovery;

namespace DistBuild.Core.Client;

/// <summary>An agent that cannot be used, at least for a while; the message says what happened.</summary>
public sealed class AgentLostException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static AgentLostException Because(Offer offer, string what, Exception? inner = null) => new($"{offer.Name} ({offer.EndPoint}): {what}", inner);
}
