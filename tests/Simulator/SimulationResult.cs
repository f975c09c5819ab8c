namespace DistBuild.Simulator;

/// <summary>What came of a simulation.</summary>
/// <param name="Seconds">From the common start to the last object.</param>
/// <param name="Bound">Seconds that no schedule can beat: all different units on all honest agents and clients, or the longest on the fastest agent.</param>
/// <param name="DatagramsPerAgent">Received and sent, a second.</param>
/// <param name="BytesPerAgent">Of these datagrams, a second.</param>
/// <param name="Compiles">For each different unit.</param>
/// <param name="Copies">In agents' stores, of each unit that is in one.</param>
/// <param name="MostCopies">Of one unit.</param>
internal sealed record SimulationResult(
    SimulationOptions Options,
    double Seconds,
    double Bound,
    double DatagramsPerAgent,
    double BytesPerAgent,
    double Compiles,
    double Copies,
    int MostCopies,
    int Races,
    int Losses)
{
    public double TimesTheBound => Seconds / Bound;

    public static SimulationResult Of(SimulatedNetwork network, IReadOnlyCollection<SimulatedUnit> units, TimeSpan finished)
    {
        SimulationOptions options = network.Options;
        SimulatedAgent[] honest = [.. network.Agents.Values.Skip(options.Liars)];
        double power = (honest.Sum(agent => agent.Power) / 100.0) + (options.Clients * options.LocalSlots);
        double fastest = Math.Max(honest.Max(agent => agent.Power) / 100.0, options.LocalSlots > 0 ? 1 : 0);
        double bound = Math.Max(units.Sum(unit => unit.Work.TotalSeconds) / power, units.Max(unit => unit.Work.TotalSeconds) / fastest);
        int[] copies = [.. network.Agents.Values.SelectMany(agent => agent.Store).GroupBy(key => key).Select(key => key.Count())];
        double perAgent = 1.0 / options.Agents / finished.TotalSeconds;
        return new SimulationResult(
            options,
            finished.TotalSeconds,
            bound,
            network.Wires.Datagrams * perAgent,
            network.Wires.Bytes * perAgent,
            (network.LocalCompiles + network.Agents.Values.Sum(agent => agent.Compiles)) / (double)units.Count,
            copies.DefaultIfEmpty().Average(),
            copies.DefaultIfEmpty().Max(),
            network.Races,
            network.Losses);
    }
}
