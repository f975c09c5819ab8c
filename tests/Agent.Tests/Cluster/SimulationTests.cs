using DistBuild.Simulator;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>The simulator in small: the product's own decisions on a network that loses, lies and dies. The large runs are in docs/performance.md.</summary>
[TestClass]
public sealed class SimulationTests
{
    private static readonly SimulationOptions Options = new() { Agents = 80, Clients = 20, Units = 10 };

    [TestMethod]
    public void The_same_seed_gives_the_same_network_the_same_builds_and_the_same_numbers()
    {
        SimulationOptions options = Options with { Loss = 0.2, Liars = 1, Dying = 4 };

        SimulationResult first = SimulatedNetwork.Run(options);

        Assert.AreEqual(first, SimulatedNetwork.Run(options));
        Assert.AreNotEqual(first.Seconds, SimulatedNetwork.Run(options with { Seed = 2 }).Seconds);
    }

    [TestMethod]
    public void Without_faults_every_key_is_compiled_once_and_kept_once()
    {
        // Without slots of their own clients race nothing, so nothing is begun twice.
        SimulationResult result = SimulatedNetwork.Run(Options with { LocalSlots = 0 });

        Assert.AreEqual(1, result.Compiles, 1e-9);
        Assert.AreEqual((1.0, 1), (result.Copies, result.MostCopies));
        Assert.AreEqual((0, 0), (result.Races, result.Losses));
    }

    [TestMethod]
    public void Asking_homes_takes_fewer_datagrams_than_asking_everybody_and_finds_as_much()
    {
        SimulationResult homes = SimulatedNetwork.Run(Options), everybody = SimulatedNetwork.Run(Options with { AsksEverybody = true });

        Assert.IsLessThan(0.8 * everybody.DatagramsPerAgent * everybody.Seconds, homes.DatagramsPerAgent * homes.Seconds);
        Assert.IsLessThan(everybody.Compiles + 0.05, homes.Compiles);
    }

    [TestMethod]
    [DataRow(0.05, 0, 0)]
    [DataRow(0.2, 0, 0)]
    [DataRow(0.0, 1, 0)]
    [DataRow(0.0, 0, 8)]
    [DataRow(0.2, 1, 8)]
    public void Losses_liars_and_deaths_cost_time_and_some_compiles_and_no_build(double loss, int liars, int dying)
    {
        SimulationResult result = SimulatedNetwork.Run(Options with { Loss = loss, Liars = liars, Dying = dying });

        Assert.IsLessThan(1.5, result.Compiles, result.ToString());
        Assert.IsLessThan(4, result.TimesTheBound, result.ToString());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Where_agents_are_free_a_build_ends_much_sooner_because_heavy_units_are_kept_from_slow_ones(int seed)
    {
        SimulationOptions options = Options with { Agents = 100, Clients = 4, Units = 20, Seed = seed };

        SimulationResult kept = SimulatedNetwork.Run(options), taken = SimulatedNetwork.Run(options with { KeepsHeavyFromSlow = false });

        Assert.IsLessThan(0.8 * taken.Seconds, kept.Seconds);
        Assert.IsLessThan(1.3, kept.TimesTheBound);
    }

    [TestMethod]
    public void A_liar_without_anybody_to_race_it_is_given_up_and_left_alone()
    {
        SimulationResult result = SimulatedNetwork.Run(Options with { Agents = 10, Clients = 2, Liars = 1, LocalSlots = 0 });

        Assert.IsGreaterThan(0, result.Losses);
        Assert.IsLessThan(200, result.Seconds, "a minute, or ten times the unit's own, and that once for each client");
    }
}
