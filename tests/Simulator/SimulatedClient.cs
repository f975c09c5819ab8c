using System.Text;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>
/// A build node with its units: asks, claims, takes slots, races and leaves alone by the product's own decisions (Audience, HomeAgents, Helpers, WorkQueue, SlowSlot, ExpectedTimes, StragglerRace, BackOff).
/// What the product's engine does around them over connections is done here over the simulation's clock.
/// </summary>
internal sealed class SimulatedClient
{
    private readonly string _name;
    private readonly SimulatedNetwork _network;
    private readonly Questions _questions;
    private readonly ClientUnits _units;
    private readonly ClientKeys _keys;

    public SimulatedClient(string name, SimulatedNetwork network, IReadOnlyList<SimulatedUnit> units)
    {
        (_name, _network) = (name, network);
        _questions = new Questions(network.Agents, network.Wires, network.Time, network.Options.AsksEverybody);
        _units = new ClientUnits(network, units);
        _keys = new ClientKeys(network, _units, _questions);
    }

    /// <summary>When the last object was there.</summary>
    public TimeSpan Finished { get; private set; }

    public async Task BuildAsync()
    {
        using CancellationTokenSource end = new();
        await _questions.AskAsync([]);
        IReadOnlyList<Offer> offers = await _questions.AskAsync([.. _units.All.Select(run => run.Unit.Key)]);
        foreach (UnitRun run in _units.All)
        {
            _keys.Place(run, offers);
        }

        ClientSlots slots = new(_name, _network, _units, _keys);
        Offer[] able = [.. _questions.Known.Values.Where(offer => _units.MayUse(offer.AgentId))];
        foreach (Offer offer in Helpers.Choose(able, _units.Remaining, Digest.Of(Encoding.ASCII.GetBytes(_name))))
        {
            slots.Serve(offer, end.Token);
        }

        for (int slot = 0; slot < _network.Options.LocalSlots; slot++)
        {
            _ = slots.WorkHereAsync(end.Token);
        }

        await _units.Done;
        Finished = _network.Time.Now;
        end.Cancel();
    }
}
