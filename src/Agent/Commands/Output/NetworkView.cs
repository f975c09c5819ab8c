using System.Globalization;
using DistBuild.Core.Store;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Commands.Output;

/// <summary>
/// What the agents that answered hold together. An entry is an object with what the compiler printed, or a unit's manifest; how many different ones there are is
/// counted in a sample that is the same for all stores (<see cref="StoreSample"/>), and exactly where every store is small enough to be its own sample.
/// </summary>
/// <param name="Copies">Entries of all stores together.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Objects">Different ones; null when that cannot be told.</param>
/// <param name="CopiesPerObject">1 is ideal: nothing was compiled or kept twice.</param>
/// <param name="SampledOneIn">1 where everything was counted.</param>
internal sealed record NetworkView(int Agents, long Copies, long Bytes, long? Objects, double? CopiesPerObject, long SampledOneIn)
{
    public static NetworkView Of(IReadOnlyCollection<StatusReport> agents)
    {
        StatusReport[] sampled = [.. agents.Where(agent => agent.Sample.Bits <= StoreSample.MostBits)];
        int bits = sampled.Select(agent => agent.Sample.Bits).DefaultIfEmpty().Max();
        ulong[] copies = [.. sampled.SelectMany(agent => agent.Sample.Fingerprints).Where(fingerprint => StoreSample.IsIn(fingerprint, bits))];
        long all = agents.Sum(agent => agent.StoreEntries);
        double? each = copies.Length == 0 ? null : (double)copies.Length / copies.Distinct().Count();
        return new NetworkView(
            agents.Count, all, agents.Sum(agent => agent.StoreBytes), all == 0 ? 0 : each is { } ratio ? (long)Math.Round(all / ratio) : null,
            each is { } rounded ? Math.Round(rounded, 3) : null, 1L << bits);
    }

    /// <summary>For people, in one line.</summary>
    public string Sentence()
    {
        string objects = Objects is { } different ? Quantity.Of(different, "object") : "an unknown number of objects";
        string copies = Copies == 1 ? "1 copy" : $"{Quantity.Count(Copies)} copies";
        string each = CopiesPerObject is { } ratio ? string.Create(CultureInfo.InvariantCulture, $" ({ratio:0.##} each{(SampledOneIn > 1 ? $", by a sample of 1 in {SampledOneIn}" : "")})") : "";
        return $"{Quantity.Of(Agents, "agent")}, together {objects} in {copies}{each}, {Quantity.Bytes(Bytes)}.";
    }
}
