using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Wire;

/// <summary>An agent that stops at any step of a conversation costs 3 s at most, measured by a clock that only the test moves.</summary>
[TestClass]
public sealed class FrozenAgentTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private static readonly Digest Key = Digest.Of("key"u8);

    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConnectionTimings Timings => new() { Time = _time };

    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_freezes_before_TLS_is_lost_in_time()
    {
        using ScriptedAgent agent = new(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[1]);
            await FreezeAsync();
        });

        await ConnectFailsInTimeAsync(agent.WithCertificate(Key), Samples.ClusterKey, "does not speak TLS within 2 s");
    }

    [NotOnNetFramework("mono cannot make certificates")]
    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_freezes_after_TLS_is_lost_in_time()
    {
        using X509Certificate2 certificate = AgentConnectionTests.MakeCertificate();
        using ScriptedAgent agent = new(async stream =>
        {
            SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            await secure.ReadExactlyAsync(new byte[FrameHeader.Size]);
            await FreezeAsync();
        });

        await ConnectFailsInTimeAsync(agent.WithCertificate(Digest.Of(certificate.RawData)), Samples.ClusterKey, "does not answer within 2 s");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_freezes_before_it_accepts_is_lost_in_time()
    {
        using ScriptedAgent agent = new(async stream =>
        {
            await using FrameChannel channel = new(stream, FrameDirection.ToAgent);
            await channel.ReceiveAsync();
            await channel.SendAsync(0, new Welcome(ProtocolVersion.Major, 0, false, default, Guid.Empty, "scripted"), CancellationToken.None);
            await channel.ReceiveAsync();
            await FreezeAsync();
        });

        await ConnectFailsInTimeAsync(agent.Offer, null, "does not answer within 2 s");
    }

    [TestMethod]
    [DataRow("fetch")]
    [DataRow("lease")]
    [DataRow("claim")]
    [DataRow("keep")]
    [DataRow("status")]
    [Timeout(60_000)]
    public async Task One_that_freezes_while_it_owes_an_answer_is_lost_in_time(string request)
    {
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            await FreezeAsync();
        });
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Timings, CancellationToken.None);

        await IsLostInTimeAsync(Ask(connection, request));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_freezes_after_it_said_that_another_client_has_the_claim_is_lost_in_time()
    {
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            await channel.SendAsync(1, Signal.Taken, CancellationToken.None);
            await FreezeAsync();
        });
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Timings, CancellationToken.None);
        ClaimAnswer.Taken taken = (ClaimAnswer.Taken)await connection.ClaimAsync(Key, retry: false, CancellationToken.None);

        await IsLostInTimeAsync(taken.OutcomeAsync(CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task One_that_freezes_in_the_middle_of_an_upload_is_lost_in_time()
    {
        using ScriptedAgent agent = ScriptedAgent.AfterHandshake(async channel =>
        {
            await channel.ReceiveAsync();
            await channel.SendAsync(1, new Granted(2000), CancellationToken.None);
            await channel.ReceiveAsync();
            await FreezeAsync();
        });
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Timings, CancellationToken.None);
        SlotLease lease = (await connection.LeaseAsync(Key, CancellationToken.None))!;

        // More than any buffer of this system takes.
        byte[] text = new byte[32 << 20];
        await IsLostInTimeAsync(lease.CompileAsync(Key, Key, new RemoteJob("gcc", "c++", []), sameWords: true, text, CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_reset_is_noticed_without_any_time_passing()
    {
        using ScriptedAgent agent = new(async stream =>
        {
            FrameChannel channel = new(stream, FrameDirection.ToAgent);
            await channel.ReceiveAsync();
            await channel.SendAsync(0, new Welcome(ProtocolVersion.Major, 0, false, default, Guid.Empty, "scripted"), CancellationToken.None);
            await channel.ReceiveAsync();
            await channel.SendAsync(0, new Accepted(default, ClientRole.Full, 10), CancellationToken.None);
            await channel.ReceiveAsync();
            stream.Socket.LingerState = new(enable: true, seconds: 0);
            stream.Socket.Close();
        });
        await using AgentConnection connection = await AgentConnection.ConnectAsync(agent.Offer, null, Timings, CancellationToken.None);

        await Assert.ThrowsAsync<AgentLostException>(() => connection.LeaseAsync(Key, CancellationToken.None));

        Assert.AreEqual(TimeSpan.Zero, _time.Now);
    }

    [TestMethod]
    public void What_a_build_waits_for_one_that_froze_is_three_seconds_at_most_by_any_way()
    {
        ConnectionTimings timings = new();

        Assert.IsLessThanOrEqualTo(Limit, timings.Connect + timings.Handshake);
        Assert.IsLessThanOrEqualTo(Limit, timings.Watch.Longest);
        Assert.IsGreaterThan(2 * Signs, timings.Watch.Silence, "an agent speaks every second; one sign may be late");
    }

    private static TimeSpan Signs => TimeSpan.FromSeconds(1);

    private async Task FreezeAsync()
    {
        _frozen.TrySetResult();
        await Task.Delay(Timeout.Infinite);
    }

    private async Task ConnectFailsInTimeAsync(Core.Discovery.Offer offer, Core.Discovery.ClusterKey? key, string why)
    {
        Task<AgentConnection> connecting = AgentConnection.ConnectAsync(offer, key, Timings, CancellationToken.None);
        await _frozen.Task;

        Assert.IsLessThanOrEqualTo(Limit, await _time.PassUntilAsync(connecting, sleepers: 1));

        Assert.Contains(why, (await Assert.ThrowsAsync<AgentLostException>(() => connecting)).Message);
    }

    private async Task IsLostInTimeAsync(Task asking)
    {
        await _frozen.Task;

        Assert.IsLessThanOrEqualTo(Limit, await _time.PassUntilAsync(asking, sleepers: 1));

        Assert.Contains("sent nothing for", (await Assert.ThrowsAsync<AgentLostException>(() => asking)).Message);
    }

    private static Task Ask(AgentConnection connection, string request) => request switch
    {
        "fetch" => connection.FetchAsync(Key, wait: true, CancellationToken.None),
        "lease" => connection.LeaseAsync(Key, CancellationToken.None),
        "claim" => connection.ClaimAsync(Key, retry: false, CancellationToken.None),
        "keep" => connection.KeepAsync(Key, KeepKind.Result, new(new byte[9], default, default), CancellationToken.None),
        _ => connection.StatusAsync(CancellationToken.None),
    };
}
