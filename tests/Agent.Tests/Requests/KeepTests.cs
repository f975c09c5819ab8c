using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class KeepTests
{
    private static readonly Digest Key = Digest.Of("key"u8);

    [TestMethod]
    [DataRow(1)]
    [DataRow(WireLimits.ChunkSize + 1)]
    [DataRow(5_000_000)]
    [Timeout(60_000)]
    public async Task What_a_client_offers_is_kept_byte_for_byte(int size)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection client = await agent.ConnectAsync();
        byte[] content = new byte[size];
        new Random(1).NextBytes(content);

        Assert.IsTrue(await client.KeepAsync(Key, KeepKind.Result, new CompiledResult(content, default, "words"u8.ToArray()), CancellationToken.None));

        CompiledResult kept = (await client.FetchAsync(Key, wait: false, CancellationToken.None))!;
        CollectionAssert.AreEqual(content, kept.Object.ToArray());
        CollectionAssert.AreEqual("words"u8.ToArray(), kept.Errors.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_is_here_already_is_not_sent_again()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        agent.Store.TryAdd(Key, new CompiledResult("first"u8.ToArray(), default, default), "test");
        await using AgentConnection client = await agent.ConnectAsync();

        Assert.IsTrue(await client.KeepAsync(Key, KeepKind.Result, new CompiledResult("second"u8.ToArray(), default, default), CancellationToken.None));

        CollectionAssert.AreEqual("first"u8.ToArray(), agent.Store.TryGet(Key)!.Object.ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_entries_of_a_manifest_join_those_that_are_here()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection client = await agent.ConnectAsync();
        ManifestEntry one = Entry("one"), two = Entry("two");

        Assert.IsTrue(await KeepAsync(client, Manifest.Empty.With(one)));
        Assert.IsTrue(await KeepAsync(client, Manifest.Empty.With(two)));

        Manifest kept = new ManifestStore(agent.Store).TryGet(Key)!;
        CollectionAssert.AreEqual(new[] { two.Result, one.Result }, kept.Entries.Select(entry => entry.Result).ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_is_no_manifest_is_declined_and_the_one_that_is_here_stays()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using AgentConnection client = await agent.ConnectAsync();
        await KeepAsync(client, Manifest.Empty.With(Entry("one")));

        Assert.IsFalse(await client.KeepAsync(Key, KeepKind.Manifest, new CompiledResult("garbage"u8.ToArray(), default, default), CancellationToken.None));

        Assert.HasCount(1, new ManifestStore(agent.Store).TryGet(Key)!.Entries);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "content that is not what was announced")]
    [DataRow(false, DisplayName = "more content than was announced")]
    [Timeout(60_000)]
    public async Task A_client_that_sends_something_else_loses_its_connection_and_nothing_is_kept(bool isDifferent)
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        await using RawClient raw = await RawClient.AcceptedAsync(agent);
        CompiledResult announced = new("object"u8.ToArray(), default, default);

        await raw.SendAsync(1, new Keep(Key, KeepKind.Result, ResultContent.Describe(announced)!));
        Assert.IsInstanceOfType<Granted>(await raw.ReceiveAsync());
        await raw.SendAsync(1, new Chunk(isDifferent ? "tcejbo"u8.ToArray() : "objects"u8.ToArray()));
        if (isDifferent)
        {
            await raw.SendAsync(1, Signal.End);
        }

        await raw.EndAsync();
        Assert.IsNull(agent.Store.TryGet(Key));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Content_that_stops_coming_is_given_up()
    {
        await using TestAgent agent = await TestAgent.StartAsync(new() { Limits = new() { UploadSilence = TimeSpan.FromMilliseconds(50) } });
        await using RawClient raw = await RawClient.AcceptedAsync(agent);

        await raw.SendAsync(1, new Keep(Key, KeepKind.Result, ResultContent.Describe(new CompiledResult(new byte[100], default, default))!));
        Assert.IsInstanceOfType<Granted>(await raw.ReceiveAsync());

        Assert.AreEqual(DeclineReason.Expired, Assert.IsInstanceOfType<Declined>(await raw.ReceiveAsync()).Reason);
        Assert.IsNull(agent.Store.TryGet(Key));
    }

    private static ManifestEntry Entry(string name) => new(Digest.Of(System.Text.Encoding.ASCII.GetBytes(name)), [new ManifestInput("a.c", Key)], []);

    private static Task<bool> KeepAsync(AgentConnection client, Manifest manifest) =>
        client.KeepAsync(Key, KeepKind.Manifest, new CompiledResult(ManifestFormat.Write(manifest), default, default), CancellationToken.None);
}
