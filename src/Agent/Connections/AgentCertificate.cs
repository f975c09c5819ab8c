using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DistBuild.Agent.Connections;

/// <summary>Makes the certificate an agent shows. No authority signs it: clients learn its fingerprint from the agent's authenticated offer.</summary>
internal static class AgentCertificate
{
    /// <summary>RSA because ECDSA does not run under wine; 2048 bits because the handshake costs every client a signature of this machine.</summary>
    public static X509Certificate2 Create(string name)
    {
        using RSA key = RSA.Create(2048);
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name.Length == 0 ? "distbuild" : name);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;

        // Nobody checks the dates: clients pin the certificate, and clocks may be wrong.
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(10));

        // Windows serves TLS only with a key that was imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
