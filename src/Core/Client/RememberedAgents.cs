using System.Globalization;
using System.Net;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Client;

/// <summary>
/// Agents of the LAN that answered builds of this store: a small file beside the notes. They are asked by address too, so that a network that drops broadcasts, or a busy machine, loses less. A lost or
/// damaged file costs that; of two builds that write at once, the later wins.
/// </summary>
/// <remarks>A sealed file of lines <c>agent address port answered missed</c>: its id, IPv4 address and port, when it last answered in seconds since 1970, and 1 when it did not answer the last build, else 0.</remarks>
internal static class RememberedAgents
{
    /// <summary>Of a larger network everybody is found by asking anybody; the newest are kept.</summary>
    public const int Most = 64;

    /// <summary>A long weekend, and a machine that was away for repair.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Header = "distbuild known agents 1";

    /// <summary>What has not changed is written again only when the times in it are older than this.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    public static IReadOnlyList<KnownAgent> Load(string store, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        // A time in the future was written by another clock.
        return [.. Read(PathIn(store)).Where(agent => agent.Answered <= now && agent.Answered + Lifetime > now)];
    }

    /// <summary>Writes what is worth remembering, if it is not what is remembered already.</summary>
    /// <param name="before">As loaded.</param>
    public static void Save(string store, TimeProvider time, IReadOnlyCollection<KnownAgent> before, IReadOnlyCollection<KnownAgent> now)
    {
        KnownAgent[] kept = [.. now.OrderByDescending(agent => agent.Answered).ThenBy(agent => agent.Id).Take(Most)];
        Dictionary<Guid, KnownAgent> old = before.ToDictionary(agent => agent.Id);
        if (kept.Length == old.Count && kept.All(agent => old.TryGetValue(agent.Id, out KnownAgent? same) && IsAsGood(same, agent)))
        {
            return;
        }

        SealedLines.Save(PathIn(store), Header, kept.Select(agent => FormattableString.Invariant(
            $"{agent.Id:N} {agent.EndPoint.Address} {agent.EndPoint.Port} {agent.Answered.ToUnixTimeSeconds()} {(agent.IsMissed ? 1 : 0)}")));
    }

    private static bool IsAsGood(KnownAgent old, KnownAgent agent) =>
        old.EndPoint.Equals(agent.EndPoint) && old.IsMissed == agent.IsMissed && agent.Answered - old.Answered < Freshness;

    private static string PathIn(string store) => Path.Combine(store, NotesFile.Folder, "known-agents");

    private static IEnumerable<KnownAgent> Read(string path)
    {
        HashSet<Guid> seen = [];
        foreach (string line in SealedLines.Load(path, Header) ?? [])
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 5
                && Guid.TryParseExact(fields[0], "N", out Guid agent)
                && IPAddress.TryParse(fields[1], out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                && ushort.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
                && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out uint answered)
                && seen.Add(agent) && seen.Count <= Most)
            {
                yield return new KnownAgent(agent, new IPEndPoint(address, port), DateTimeOffset.FromUnixTimeSeconds(answered), fields[4] == "1");
            }
        }
    }
}
