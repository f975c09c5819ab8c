using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Connections;

/// <summary>Who an agent is in a handshake.</summary>
/// <param name="Certificate">SHA-256 of the TLS certificate; zeros without TLS.</param>
internal sealed record ServerIdentity(Guid AgentId, string Name, ClusterKey? Key, Digest Certificate, ushort Streams);

/// <summary>The first four messages of a connection, as the agent has them.</summary>
internal static class ServerHandshake
{
    /// <returns>The client's name, and what it may do.</returns>
    /// <exception cref="ChannelEndedException">The client left, was too slow, or was rejected.</exception>
    /// <exception cref="ProtocolException">Not a client.</exception>
    public static async Task<(string Name, ClientRole Role)> RunAsync(FrameChannel channel, ServerIdentity identity)
    {
        Hello hello = await ExpectAsync<Hello>(channel);
        if (hello.Major != ProtocolVersion.Major)
        {
            string text = $"this agent speaks protocol {ProtocolVersion.Text}, the client {hello.Major}.{hello.Minor}; use the same version of DistBuild on both";
            throw await RejectAsync(channel, new Rejected(RejectReason.Version, text));
        }

        Digest nonce = ConnectionProof.NewNonce();
        Welcome welcome = new(ProtocolVersion.Major, ProtocolVersion.Minor, identity.Key is not null, nonce, identity.AgentId, identity.Name);
        await channel.SendAsync(0, welcome, CancellationToken.None);
        Proof proof = await ExpectAsync<Proof>(channel);
        if (identity.Key is not { } key)
        {
            await channel.SendAsync(0, new Accepted(default, ClientRole.Full, identity.Streams), CancellationToken.None);
            return (hello.Client, ClientRole.Full);
        }

        ClusterKey[] keys = key.ReadOnly is { } readOnly ? [key, readOnly] : [key];
        if (Array.Find(keys, known => ConnectionProof.AreEqual(ConnectionProof.OfClient(known, identity.Certificate, hello.Nonce, nonce), proof.Mac)) is not { } theirs)
        {
            throw await RejectAsync(channel, new Rejected(RejectReason.ClusterKey, "the client does not know this agent's cluster key"));
        }

        Digest own = ConnectionProof.OfAgent(theirs, identity.Certificate, hello.Nonce, nonce);
        await channel.SendAsync(0, new Accepted(own, theirs.Role, identity.Streams), CancellationToken.None);
        return (hello.Client, theirs.Role);
    }

    private static async Task<T> ExpectAsync<T>(FrameChannel channel)
        where T : WireMessage =>
        await channel.ReceiveAsync() is var message && message is T expected ? expected : throw ProtocolException.Unexpected(message.Type, "during the handshake");

    private static async Task<ChannelEndedException> RejectAsync(FrameChannel channel, Rejected rejection)
    {
        await channel.SendAsync(0, rejection, CancellationToken.None);
        await channel.DisposeAsync();
        return new ChannelEndedException(new ChannelEnd(ChannelEndKind.Aborted, rejection.Text));
    }
}
