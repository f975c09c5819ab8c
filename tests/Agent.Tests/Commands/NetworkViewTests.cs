using DistBuild.Agent.Commands.Output;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class NetworkViewTests
{
    [TestMethod]
    public void Small_stores_are_counted_exactly()
    {
        NetworkView network = NetworkView.Of([Agent(0..10), Agent(5..12), Agent(0..0)]);

        Assert.AreEqual(new NetworkView(3, 17, 170, 12, 1.417, 1), network);
        Assert.AreEqual("3 agents, together 12 objects in 17 copies (1.42 each), 170 B.", network.Sentence());
    }

    [TestMethod]
    public void Large_ones_are_estimated_by_the_same_sample_of_each()
    {
        // 40,000 different ones, of which 10,000 are twice.
        NetworkView network = NetworkView.Of([Agent(0..30_000), Agent(20_000..40_000), Agent(0..0), Agent(40_000..40_100)]);

        Assert.AreEqual(50_100, network.Copies);
        Assert.IsInRange(1.2, 1.3, network.CopiesPerObject!.Value);
        Assert.IsInRange(38_500, 41_700, (int)network.Objects!.Value);
        Assert.IsGreaterThan(1, network.SampledOneIn);
        Assert.Contains($"by a sample of 1 in {network.SampledOneIn}", network.Sentence());
    }

    [TestMethod]
    public void Nobody_holds_nothing()
    {
        Assert.AreEqual(new NetworkView(0, 0, 0, 0, null, 1), NetworkView.Of([]));
        Assert.AreEqual("1 agent, together 0 objects in 0 copies, 0 B.", NetworkView.Of([Agent(0..0)]).Sentence());
    }

    [TestMethod]
    public void A_sample_that_cannot_be_is_left_out()
    {
        StatusReport strange = Agent(0..10) with { Sample = new StatusSample(255, [0]) };

        NetworkView network = NetworkView.Of([strange]);

        Assert.AreEqual(10, network.Copies);
        Assert.IsNull(network.Objects);
        Assert.Contains("an unknown number of objects", network.Sentence());
    }

    private static StatusReport Agent(Range holds)
    {
        StoreSample sample = new();
        for (int i = holds.Start.Value; i < holds.End.Value; i++)
        {
            sample.Add(XxHash64.Hash(BitConverter.GetBytes(i)));
        }

        int count = holds.End.Value - holds.Start.Value;
        return new StatusReport(
            Guid.NewGuid(), "agent", "1", TimeSpan.Zero, 1, 1, 0, 100, 0, 1000, 1, count, count * 10L, 1000, 0, [], [], new StatusSample(sample.Bits, sample.Fingerprints));
    }
}
