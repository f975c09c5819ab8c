using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Placement;

/// <summary>A key that is asked for.</summary>
/// <param name="Toolchain">Fingerprint of its unit's toolchain.</param>
public readonly record struct AskedKey(Digest Key, ulong Toolchain);

/// <summary>
/// Whom a question goes to. Where few agents are, to everybody: one datagram, and every answer tells of slots too. On a large network each key is asked of its homes only: they keep its manifest, and know
/// who has its result or compiles it, because nobody compiles it without a claim there. A shout would make a thousand agents answer for one unit.
/// </summary>
public static class Audience
{
    /// <summary>Up to so many known agents are all asked: their answers fit into any receive buffer, and asking homes would take as many datagrams.</summary>
    public const int Everybody = 32;

    /// <summary>For each key: one that is lost, busy or unknown to others leaves the next.</summary>
    public const int Homes = 2;

    /// <summary>The keys for each agent that is to be asked; null when everybody is to be asked for everything.</summary>
    /// <param name="known">What is known of agents from their answers in this build.</param>
    public static IReadOnlyDictionary<Offer, IReadOnlyList<Digest>>? Choose(IReadOnlyCollection<AskedKey> keys, IReadOnlyCollection<Offer> known)
    {
        if (known.Count <= Everybody)
        {
            return null;
        }

        Dictionary<Offer, IReadOnlyList<Digest>> asked = [];
        foreach (AskedKey key in keys)
        {
            IReadOnlyList<Offer> homes = HomeAgents.Of(key.Key, key.Toolchain, known, Homes);
            if (homes.Count == 0)
            {
                // Nobody was asked for this toolchain yet.
                return null;
            }

            foreach (Offer home in homes)
            {
                if (!asked.TryGetValue(home, out IReadOnlyList<Digest>? its))
                {
                    asked.Add(home, its = new List<Digest>());
                }

                ((List<Digest>)its).Add(key.Key);
            }
        }

        return asked;
    }
}
