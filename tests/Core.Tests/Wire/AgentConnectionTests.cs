using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class AgentConnectionTests
{
    private static readonly Digest Key = Digest.Of("key"u8);

    // For agents that will never answer: short, because nothing is lost by waiting less. The others wait long, because a loaded machine may be slow.
    private static readonly ConnectionTimings Impatient = new() { Handshake = TimeSpan.FromMilliseconds(100), Watch = new(TimeSpan.FromMilliseconds(20), 5, 20) };
    private static readonly ConnectionTimings Patient = new() { Connect = TimeSpan.FromSeconds(30), Handshake = TimeSpan.FromSeconds(30) };

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_that_is_gone_is_lost_at_once()
    {
        using ScriptedAgent agent = new(_ => Task.CompletedTask);
        Offer offer = agent.Offer;
        agent.Dispose();

        AgentLostException lost = await ConnectFailsAsync(offer, Patient);

        Assert.Contains("cannot be reached", lost.Message);
        Assert.Contains($"scripted ({offer.EndPoint})", lost.Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_endpoint_that_accepts_and_stays_silent_is_lost()
    {
        using ScriptedAgent agent = new(_ => Task.Delay(Timeout.Infinite));

        Assert.Contains("does not answer within 0.1 s", (await ConnectFailsAsync(agent.Offer, Impatient)).Message);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n", "message type 72 is unknown")]
    [DataRow("\u0001\0\0\0\0\0\0\0", "Hello came from the side that may not send it")]
    [DataRow("\u0004\0\0\0\0\0\0\u0001", "closed in the middle of a message")]
    [DataRow("", "closed by the other side")]
    [Timeout(60_000)]
    public async Task An_endpoint_that_answers_garbage_is_lost(string garbage, string why)
    {
        using ScriptedAgent agent = new(async stream =>
        {
            // Read first: closing with unread bytes would be a reset.
            await stream.ReadExactlyAsync(new byte[FrameHeader.Size]);
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(garbage));
            stream.Socket.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        });

        Assert.Contains(why, (await ConnectFailsAsync(agent.Offer, Patient)).Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_of_another_major_version_is_lost_with_both_versions_named()
    {
        using ScriptedAgent agent = Answering(new Welcome(9, 1, false, default, default, "a"));

        Assert.Contains($"speaks protocol 9.1, this side {ProtocolVersion.Text}", (await ConnectFailsAsync(agent.Offer, Patient)).Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_an_agent_says_when_it_rejects_reaches_the_person()
    {
        using ScriptedAgent agent = Answering(new Rejected(RejectReason.Stopping, "closing time"));

        Assert.Contains("rejects the connection: closing time", (await ConnectFailsAsync(agent.Offer, Patient)).Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_that_wants_a_key_this_side_has_not_is_lost_with_advice()
    {
        using ScriptedAgent agent = Answering(new Welcome(ProtocolVersion.Major, 0, true, default, default, "a"));

        Assert.Contains("set DistBuildClusterKeyFile", (await ConnectFailsAsync(agent.Offer, Patient)).Message);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Without_a_key_only_this_machine_is_trusted()
    {
        using ScriptedAgent agent = new(_ => Task.CompletedTask);
        Offer stranger = agent.Offer with { EndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1) };

        Assert.Contains("without a cluster key only agents of this machine are trusted", (await ConnectFailsAsync(stranger, Patient)).Message);
        Assert.Contains("asks for a cluster key", (await ConnectFailsAsync(agent.WithCertificate(Key), Patient)).Message);
        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(() => AgentConnection.ConnectAsync(agent.Offer, Samples.ClusterKey, Patient, CancellationToken.None));
        Assert.Contains("offers no certificate", lost.Message);
    }

    [NotOnNetFramework("mono cannot make certificates")]
    [TestMethod]
    [Timeout(60_000)]
    public async Task A_certificate_other_than_the_offered_one_is_not_spoken_to()
    {
        using X509Certificate2 certificate = MakeCertificate();
        using ScriptedAgent agent = new(async stream =>
        {
            using SslStream secure = new(stream);
            await Assert.ThrowsAsync<Exception>(async () =>
            {
                await secure.AuthenticateAsServerAsync(certificate);
                await secure.ReadExactlyAsync(new byte[1]);
            });
        });

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(
            () => AgentConnection.ConnectAsync(agent.WithCertificate(Key), Samples.ClusterKey, Patient, CancellationToken.None));

        Assert.Contains("shows another certificate than its offer named", lost.Message);
        await agent.Running;
    }

    [NotOnNetFramework("mono cannot make certificates")]
    [TestMethod]
    [Timeout(60_000)]
    public async Task An_agent_with_the_right_certificate_that_does_not_know_the_key_is_lost()
    {
        using X509Certificate2 certificate = MakeCertificate();
        using ScriptedAgent agent = new(async stream =>
        {
            using SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            await using FrameChannel channel = new(secure, FrameDirection.ToAgent);
            await channel.ReceiveAsync();
            await channel.SendAsync(0, new Welcome(ProtocolVersion.Major, 0, true, default, default, "liar"), CancellationToken.None);
            await channel.ReceiveAsync();
            await channel.SendAsync(0, new Accepted(Key, ClientRole.Full, 10), CancellationToken.None);
            await Assert.ThrowsAsync<ChannelEndedException>(channel.ReceiveAsync);
        });

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(
            () => AgentConnection.ConnectAsync(agent.WithCertificate(Digest.Of(certificate.RawData)), Samples.ClusterKey, Patient, CancellationToken.None));

        Assert.Contains("does not know the cluster key", lost.Message);
        await agent.Running;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_endpoint_that_does_not_speak_TLS_is_lost()
    {
        using ScriptedAgent agent = new(async stream => await stream.WriteAsync("220 mail.example.com ESMTP ready, and some more text\r\n"u8.ToArray()));

        AgentLostException lost = await Assert.ThrowsAsync<AgentLostException>(
            () => AgentConnection.ConnectAsync(agent.WithCertificate(Key), Samples.ClusterKey, Patient, CancellationToken.None));

        Assert.Contains(agent.Offer.EndPoint.ToString(), lost.Message);
    }

    private static ScriptedAgent Answering(WireMessage answer) => new(async stream =>
    {
        await using FrameChannel channel = new(stream, FrameDirection.ToAgent);
        await channel.ReceiveAsync();
        await channel.SendAsync(0, answer, CancellationToken.None);
        await Assert.ThrowsAsync<ChannelEndedException>(channel.ReceiveAsync);
    });

    private static Task<AgentLostException> ConnectFailsAsync(Offer offer, ConnectionTimings timings) =>
        Assert.ThrowsAsync<AgentLostException>(() => AgentConnection.ConnectAsync(offer, null, timings, CancellationToken.None));

    internal static X509Certificate2 MakeCertificate()
    {
        using RSA key = RSA.Create(2048);
        return new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
