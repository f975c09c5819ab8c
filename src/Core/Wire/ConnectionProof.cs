using System.Security.Cryptography;
using System.Text;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire;

/// <summary>
/// Proofs of the cluster key inside a connection: HMAC-SHA256 over who speaks, the agent's certificate and both nonces. Bound to the certificate, a proof
/// cannot be passed on through another TLS connection; bound to the nonces, it cannot be repeated.
/// </summary>
/// <remarks><code>
/// HMAC(connection key, "distbuild client" or "distbuild agent" | certificate SHA-256 32 | client nonce 32 | agent nonce 32)
/// </code></remarks>
public static class ConnectionProof
{
    public static Digest OfClient(ClusterKey key, Digest certificate, Digest clientNonce, Digest agentNonce) =>
        Compute(key, "distbuild client", certificate, clientNonce, agentNonce);

    public static Digest OfAgent(ClusterKey key, Digest certificate, Digest clientNonce, Digest agentNonce) =>
        Compute(key, "distbuild agent", certificate, clientNonce, agentNonce);

    /// <summary>Compares without telling by its duration how much of the proof was right.</summary>
    public static bool AreEqual(Digest expected, Digest actual) => FixedTime.AreEqual(expected.ToArray(), actual.ToArray());

    /// <summary>32 bytes nobody can guess.</summary>
    public static Digest NewNonce()
    {
        byte[] bytes = new byte[Digest.Size];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return new Digest(bytes);
    }

    private static Digest Compute(ClusterKey key, string speaker, Digest certificate, Digest clientNonce, Digest agentNonce)
    {
        byte[] input = [.. Encoding.ASCII.GetBytes(speaker), .. certificate.ToArray(), .. clientNonce.ToArray(), .. agentNonce.ToArray()];
        return new Digest(key.Authenticate(ClusterKey.Purpose.Connection, input));
    }
}
