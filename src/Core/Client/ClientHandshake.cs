using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>The first four messages of a connection, as the client has them.</summary>
internal static class ClientHandshake
{
    /// <param name="client">How this side names itself.</param>
    /// <param name="left">Of the time for the handshake.</param>
    /// <returns>The agent's terms.</returns>
    /// <exception cref="AgentLostException">Rejected, another version, another cluster key, or not an agent at all.</exception>
    public static async Task<Accepted> RunAsync(
        FrameChannel channel, Offer offer, string client, ClusterKey? key, ConnectionTimings timings, TimeSpan left, CancellationToken cancellationToken)
    {
        ChannelEnd tooLate = new(ChannelEndKind.Silent, $"does not answer within {timings.Handshake.TotalSeconds} s");
        using TimeLimit limit = new(left, timings.Time, () => channel.End(tooLate), cancellationToken);
        try
        {
            return await TalkAsync(channel, offer, client, key).ConfigureAwait(false);
        }
        catch (ChannelEndedException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AgentLostException.Because(offer, e.End.Text, e);
        }
        catch (ProtocolException e)
        {
            throw AgentLostException.Because(offer, e.Message, e);
        }
    }

    private static async Task<Accepted> TalkAsync(FrameChannel channel, Offer offer, string client, ClusterKey? key)
    {
        Digest nonce = ConnectionProof.NewNonce();
        Hello hello = new(ProtocolVersion.Major, ProtocolVersion.Minor, nonce, client);
        await channel.SendAsync(0, hello, CancellationToken.None).ConfigureAwait(false);
        Welcome welcome = Expect<Welcome>(await channel.ReceiveAsync().ConfigureAwait(false), offer);
        if (welcome.Major != ProtocolVersion.Major)
        {
            throw AgentLostException.Because(
                offer, $"speaks protocol {welcome.Major}.{welcome.Minor}, this side {ProtocolVersion.Text}; use the same version of DistBuild on both");
        }

        if (welcome.WantsProof != key is not null)
        {
            throw AgentLostException.Because(
                offer, welcome.WantsProof ? "asks for a cluster key; set DistBuildClusterKeyFile" : "has no cluster key, this side has one");
        }

        Digest certificate = offer.Certificate ?? default;
        Digest proof = key is null ? default : ConnectionProof.OfClient(key, certificate, nonce, welcome.Nonce);
        await channel.SendAsync(0, new Proof(proof), CancellationToken.None).ConfigureAwait(false);
        Accepted accepted = Expect<Accepted>(await channel.ReceiveAsync().ConfigureAwait(false), offer);
        return key is null || ConnectionProof.AreEqual(ConnectionProof.OfAgent(key, certificate, nonce, welcome.Nonce), accepted.Mac)
            ? accepted
            : throw AgentLostException.Because(offer, "does not know the cluster key");
    }

    private static T Expect<T>(WireMessage message, Offer offer)
        where T : WireMessage => message switch
        {
            T expected => expected,
            Rejected rejected => throw AgentLostException.Because(offer, $"rejects the connection: {rejected.Text}"),
            _ => throw ProtocolException.Unexpected(message.Type, "during the handshake"),
        };
}
