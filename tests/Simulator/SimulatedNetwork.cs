using DistBuild.Agent.Requests;

namespace DistBuild.Simulator;

/// <summary>A network, what happens on it, and what came of it.</summary>
internal sealed class SimulatedNetwork
{
    private readonly Random _random;
    private readonly Dictionary<ClaimTable, SimulatedAgent> _byClaims;

    public SimulatedNetwork(SimulationOptions options)
    {
        Options = options;
        _random = new Random(options.Seed);
        Wires = new Wires(Time, _random, options.Loss);
        Agents = Enumerable.Range(0, options.Agents).Select(number => NewAgent(isLiar: number < options.Liars)).ToDictionary(agent => agent.Id);
        _byClaims = Agents.Values.ToDictionary(agent => agent.Claims);
    }

    public SimulationOptions Options { get; }

    public VirtualTime Time { get; } = new();

    public Wires Wires { get; }

    public IReadOnlyDictionary<Guid, SimulatedAgent> Agents { get; }

    /// <summary>The agent that keeps this claim.</summary>
    public SimulatedAgent HomeOf(ClaimPlace claim) => _byClaims[claim.Table];

    /// <summary>Compiles by the clients' own machines.</summary>
    public int LocalCompiles { get; set; }

    /// <summary>Times that a slot of a client's own machine raced a unit.</summary>
    public int Races { get; set; }

    /// <summary>Times that a client left an agent alone.</summary>
    public int Losses { get; set; }

    public static SimulationResult Run(SimulationOptions options)
    {
        SimulatedNetwork network = new(options);
        return network.Time.Run(network.RunAsync);
    }

    private async Task<SimulationResult> RunAsync()
    {
        SimulatedUnit[] pool = [.. Enumerable.Range(0, Options.Units).Select(number => SimulatedUnit.Draw($"shared {number}", _random))];
        SimulatedUnit[][] wanted = [.. Enumerable.Range(0, Options.Clients).Select(client => Units(client, pool))];
        SimulatedClient[] clients = [.. wanted.Select((units, number) => new SimulatedClient($"client {number}", this, units))];
        foreach (SimulatedAgent agent in Agents.Values.Skip(Options.Liars).Take(Options.Dying))
        {
            TimeSpan silence = _random.Next(2) == 0 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(3);
            Time.After(TimeSpan.FromSeconds(5 * _random.NextDouble()), () => agent.Die(silence));
        }

        await Task.WhenAll(clients.Select(client => client.BuildAsync()));
        return SimulationResult.Of(this, [.. wanted.SelectMany(units => units).DistinctBy(unit => unit.Key)], clients.Max(client => client.Finished));
    }

    private SimulatedUnit[] Units(int client, SimulatedUnit[] pool) =>
    [
        .. pool.Select((shared, number) => _random.NextDouble() < Options.Shared ? shared : SimulatedUnit.Draw($"{client} {number}", _random)),
    ];

    private SimulatedAgent NewAgent(bool isLiar)
    {
        byte[] id = new byte[16];
        _random.NextBytes(id);
        return new SimulatedAgent(new Guid(id), 50 + _random.Next(101), isLiar, Time);
    }
}
