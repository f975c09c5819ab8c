using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Placement;

/// <summary>
/// Which agents a batch takes slots from. Where few are, from all of them. On a large network from so many that its units find free slots although others take some; each client draws
/// others, those with free slots and much power more often, so that nobody idles and nobody has a thousand connections.
/// </summary>
public static class Helpers
{
    /// <summary>Slots for each unit that waits: half of them may be taken by others.</summary>
    private const int SlotsPerUnit = 2;

    /// <summary>Against a free one: a busy agent may soon be free.</summary>
    private const double Busy = 0.1;

    /// <param name="able">Agents with slots and a toolchain of the batch.</param>
    /// <param name="units">That have to be compiled, at most.</param>
    /// <param name="client">Any digest that other clients do not have.</param>
    public static IReadOnlyList<Offer> Choose(IReadOnlyCollection<Offer> able, int units, Digest client)
    {
        if (able.Count <= Audience.Everybody)
        {
            return [.. able];
        }

        List<Offer> chosen = [];
        int slots = 0;
        foreach (Offer offer in HomeAgents.Order(client, able, offer => offer.AgentId, offer => Math.Max(1, offer.Power) * (offer.FreeSlots + Busy)))
        {
            if (chosen.Count >= Audience.Everybody && slots >= units * SlotsPerUnit)
            {
                break;
            }

            chosen.Add(offer);
            slots += offer.Slots;
        }

        return chosen;
    }
}
