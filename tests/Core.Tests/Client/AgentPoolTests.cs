using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Tests.Discovery;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Client;

/// <summary>Questions of a build over real sockets on loopback.</summary>
[TestClass]
public sealed class AgentPoolTests : IDisposable
{
    private const ulong Gcc = 7;

    private static readonly Digest Key = Digest.Of("key"u8);

    private readonly TemporaryFolder _store = new();
    private readonly List<DatagramAgent> _agents = [];

    public void Dispose()
    {
        _agents.ForEach(agent => agent.Dispose());
        _store.Dispose();
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task On_a_large_network_a_key_is_asked_of_its_homes_only()
    {
        await using AgentPool pool = Pool(Audience.Everybody + 8);
        await KnowAllAsync(pool);

        IReadOnlyList<Offer> offers = await AskAsync(pool);

        CollectionAssert.AreEquivalent(HomeAgents.Of(Key, Gcc, pool.Known, Audience.Homes).Select(home => home.AgentId).ToArray(), offers.Select(offer => offer.AgentId).ToArray());
        Assert.IsTrue(offers.All(offer => offer.Holdings[Key.Fingerprint] == Holding.Object));
        CollectionAssert.AreEquivalent(
            offers.Select(offer => offer.AgentId).ToArray(), _agents.Where(agent => agent.Questions.Any(question => question.Fingerprints.Count > 0)).Select(agent => agent.Id).ToArray());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task On_a_small_network_a_key_is_asked_of_everybody()
    {
        await using AgentPool pool = Pool(3);
        await KnowAllAsync(pool);

        await AskAsync(pool);

        Assert.IsTrue(_agents.All(agent => agent.Questions.Any(question => question.Fingerprints.Contains(Key.Fingerprint))));
    }

    private AgentPool Pool(int agents)
    {
        _agents.AddRange(Enumerable.Range(0, agents).Select(_ => DatagramAgent.Good()));
        return new AgentPool(
            new BuildOptions { Store = _store.Path, Broadcast = false, Agents = [.. _agents.Select(agent => new AgentAddress("127.0.0.1", agent.Port))] }, TimeProvider.System);
    }

    /// <summary>Asks until all have answered, and answered in time for the last question: a machine may be busy.</summary>
    private async Task KnowAllAsync(AgentPool pool)
    {
        while (pool.Known.Count < _agents.Count)
        {
            await pool.AskAsync([Gcc], [], CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Offer>> AskAsync(AgentPool pool)
    {
        IReadOnlyList<Offer> offers;
        do
        {
            offers = await pool.AskAsync([Gcc], [new AskedKey(Key, Gcc)], CancellationToken.None);
        }
        while (offers.Count < Math.Min(Audience.Homes, pool.Known.Count));

        return offers;
    }
}
