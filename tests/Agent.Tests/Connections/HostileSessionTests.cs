using DistBuild.Agent.Tests.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Connections;

/// <summary>Clients that send messages as they please: each one is whole, and hardly any stands where it may.</summary>
[TestClass]
public sealed class HostileSessionTests
{
    private const int Sessions = 200, MostMessages = 40, Streams = 4;

    private static readonly Digest[] Keys = [Digest.Of("here"u8), Digest.Of("not here"u8), Digest.Of("nowhere"u8)];
    private static readonly CompiledResult Small = new("object"u8.ToArray(), default, default);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [Timeout(120_000)]
    public async Task Whatever_order_messages_come_in_the_agent_ends_up_idle_and_serves_on(int seed)
    {
        await using TestAgent agent = await TestAgent.StartAsync(slots: 2);
        agent.Store.TryAdd(Keys[0], Small, "test");
        Random random = new(seed);

        for (int session = 0; session < Sessions; session++)
        {
            RawClient client = await RawClient.AcceptedAsync(agent);
            await TalkAsync(client, random);
            await client.DisposeAsync();
        }

        agent.Compiler.LetGo();
        await CompileSteps.IsIdleAsync(agent);
        await using AgentConnection good = await agent.ConnectAsync();
        CollectionAssert.AreEqual(Small.Object.ToArray(), (await good.FetchAsync(Keys[0], wait: true, CancellationToken.None))!.Object.ToArray());
        ClaimAnswer claim = await good.ClaimAsync(Keys[2], retry: true, CancellationToken.None);
        Assert.IsTrue(claim is ClaimAnswer.Mine or ClaimAnswer.Made, $"no claim of those who left is in the way: {claim}");
        Assert.IsFalse(agent.Log.Any(line => line.StartsWith("Error", StringComparison.Ordinal)), string.Join('\n', agent.Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal))));
    }

    private static async Task TalkAsync(RawClient client, Random random)
    {
        try
        {
            for (int i = random.Next(1, MostMessages); i > 0; i--)
            {
                await client.SendAsync((ushort)random.Next(1, Streams + 1), Any(random));

                // Now and then it waits for an answer, or for the end it has earned.
                if (random.Next(8) == 0)
                {
                    await client.SendAsync(Streams + 1, Signal.Status);
                    while (await client.ReceiveAsync() is not StatusReport)
                    {
                    }
                }
            }
        }
        catch (ChannelEndedException)
        {
            // The agent had enough.
        }
    }

    private static WireMessage Any(Random random)
    {
        Digest key = Keys[random.Next(Keys.Length)];
        return random.Next(14) switch
        {
            0 => new Fetch(key, random.Next(2) == 0),
            1 or 2 => new Lease(random.Next(4) == 0 ? key : TestCompiler.Gcc.Digest),
            3 => new Claim(key, random.Next(2) == 0),
            4 => new Settle(random.Next(2) == 0 ? Guid.Empty : Guid.NewGuid()),
            5 => new Keep(key, random.Next(2) == 0 ? KeepKind.Result : KeepKind.Manifest, ResultContent.Describe(Small)!),
            6 or 7 => new Compile(key, TestCompiler.Gcc.Digest, random.Next(2) == 0, ContentEncoding.Raw, 4, TestCompiler.Job),
            8 => new Chunk(random.Next(2) == 0 ? "hang"u8.ToArray() : Small.Object),
            9 => Signal.End,
            10 => Signal.Cancel,
            11 => Signal.Release,
            12 => Signal.Alive,
            _ => new Compile(key, key, true, ContentEncoding.Deflate, random.Next(10), new RemoteJob("gcc", "c", ["-fplugin=x"])),
        };
    }
}
