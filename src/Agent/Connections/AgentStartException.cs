using System.Net;

namespace DistBuild.Agent.Connections;

/// <summary>The agent cannot serve as it was told to; the message says why and what to do.</summary>
internal sealed class AgentStartException : Exception
{
    private AgentStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public static AgentStartException NeedsKey(IPAddress address) => new(
        $"Without a cluster key an agent listens on loopback only, not on {address}: anybody who reaches it could run compiles on this machine. "
        + "Make a key with: distbuild cluster new-key FILE, copy the file to every machine of the cluster, and start the agent with --cluster-key-file FILE.");

    public static AgentStartException KeyOnlyReads(string path) => new(
        $"'{path}' is a read-only key: by it builds fetch, and an agent cannot serve. Start the agent with the cluster's own key file.");

    public static AgentStartException PortInUse(IPEndPoint endPoint, Exception inner) => new(
        $"UDP and TCP port {endPoint.Port} of {endPoint.Address} cannot be opened: {inner.Message}. "
        + "Another agent may be running already (see: distbuild status); stop it, or choose another port with --port.",
        inner);

    public static AgentStartException NoCertificate(Exception inner) => new(
        $"This agent cannot make the certificate that its connections are encrypted with: {inner.Message}. An agent for this machine only, without a cluster key, needs none.",
        inner);

    public static AgentStartException NotIPv4(IPAddress address) => new(
        $"An agent listens on an IPv4 address; {address} is none. Use --listen 0.0.0.0 for every interface.");
}
