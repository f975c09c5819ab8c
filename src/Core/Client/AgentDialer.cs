using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Client;

/// <summary>Opens the byte stream to an agent: TCP, and TLS with the certificate its offer named.</summary>
internal static class AgentDialer
{
    /// <exception cref="AgentLostException">Not to be trusted, or unreachable.</exception>
    public static async Task<Stream> DialAsync(Offer offer, ClusterKey? key, ConnectionTimings timings, CancellationToken cancellationToken)
    {
        CheckTrust(offer, key);
        Socket socket = new(offer.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, offer, timings, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void CheckTrust(Offer offer, ClusterKey? key)
    {
        if (key is null && !IPAddress.IsLoopback(offer.EndPoint.Address))
        {
            throw AgentLostException.Because(
                offer, "is another machine, and without a cluster key only agents of this machine are trusted; set DistBuildClusterKeyFile");
        }

        if (key is null != offer.Certificate is null)
        {
            throw AgentLostException.Because(
                offer, key is null ? "asks for a cluster key; set DistBuildClusterKeyFile" : "offers no certificate, although this side has a cluster key");
        }
    }

    private static async Task ConnectAsync(Socket socket, Offer offer, ConnectionTimings timings, CancellationToken cancellationToken)
    {
        using TimeLimit limit = new(timings.Connect, timings.Time, socket.Dispose, cancellationToken);
        try
        {
            await socket.ConnectAsync(offer.EndPoint).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsOver && e is SocketException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AgentLostException.Because(offer, $"does not accept a connection within {timings.Connect.TotalSeconds} s");
        }
        catch (SocketException e)
        {
            throw AgentLostException.Because(offer, $"cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>The stream inside TLS, where the offer named a certificate; the stream itself otherwise. Owns it in both cases.</summary>
    /// <exception cref="AgentLostException">No TLS in time, or another certificate.</exception>
    public static async Task<Stream> SecureAsync(Stream plain, Offer offer, ConnectionTimings timings, CancellationToken cancellationToken)
    {
        if (offer.Certificate is not { } pinned)
        {
            return plain;
        }

        using TimeLimit limit = new(timings.Handshake, timings.Time, plain.Dispose, cancellationToken);

        // No authority stands behind the certificate: the authenticated offer named it, and that is all the trust there is.
        SslStream secure = new(plain, leaveInnerStreamOpen: false, (_, certificate, _, _) => IsPinned(certificate, pinned));
        bool isSecure = false;
        try
        {
            await secure.AuthenticateAsClientAsync("distbuild", null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            isSecure = true;
            return secure;
        }
        catch (Exception e) when (limit.IsOver && e is IOException or ObjectDisposedException or InvalidOperationException or AuthenticationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AgentLostException.Because(offer, $"does not speak TLS within {timings.Handshake.TotalSeconds} s", e);
        }
        catch (AuthenticationException e)
        {
            throw AgentLostException.Because(offer, "shows another certificate than its offer named", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw AgentLostException.Because(offer, $"does not speak TLS: {e.Message}", e);
        }
        finally
        {
            if (!isSecure)
            {
                plain.Dispose();
            }
        }
    }

    private static bool IsPinned(X509Certificate? certificate, Digest pinned) =>
        certificate is not null && Digest.Of(certificate.GetRawCertData()) == pinned;
}
