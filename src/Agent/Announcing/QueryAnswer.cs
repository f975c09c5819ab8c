using System.Net;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Announcing;

/// <summary>What to say to a query.</summary>
/// <param name="IsForAsker">To be sent to the asker alone, and at once; else to everybody.</param>
/// <param name="IsShared">Others may answer the same question at the same moment, so everybody waits a random while first (RFC 6762, 6).</param>
internal sealed record QueryAnswer(DnsMessage Message, bool IsForAsker, bool IsShared)
{
    /// <summary>Seconds: what a resolver that knows no multicast DNS may remember (RFC 6762, 6.7).</summary>
    private const uint LegacyLifetime = 10;

    /// <summary>Null when there is nothing to say.</summary>
    /// <param name="own">This machine's address on the network where the query came from.</param>
    /// <param name="isLegacy">The asker is a resolver that knows no multicast DNS: it asked from another port.</param>
    public static QueryAnswer? To(DnsMessage query, AnnouncedService service, IPAddress own, bool isLegacy)
    {
        if (query.IsResponse)
        {
            return null;
        }

        IReadOnlyList<DnsRecord> all = service.All(own);
        DnsQuestion[] asked = [.. query.Questions.Where(question => all.Any(question.IsAnsweredBy))];
        DnsRecord[] answers = [.. all.Where(record => asked.Any(question => question.IsAnsweredBy(record)) && !IsKnown(query, record))];
        if (answers.Length == 0)
        {
            return null;
        }

        DnsRecord[] more = answers.Contains(service.Pointer) ? [.. all.Except(answers).Where(record => record != service.Type)]
            : answers.Contains(service.Service) ? [.. all.Except(answers).Where(record => record.Type == DnsType.Address)]
            : [];
        DnsMessage message = isLegacy
            ? new(query.Id, IsResponse: true, [.. asked.Select(question => question with { WantsUnicast = false })], ForLegacy(answers), [], ForLegacy(more))
            : new(0, IsResponse: true, [], answers, [], more);
        return new QueryAnswer(message, isLegacy || asked.All(question => question.WantsUnicast), answers.Any(record => !record.IsUnique));
    }

    /// <summary>The asker said that it knows this already, and for at least half of its time (RFC 6762, 7.1).</summary>
    private static bool IsKnown(DnsMessage query, DnsRecord record) => query.Answers.Any(known => known.SaysWhat(record) && known.Lifetime >= record.Lifetime / 2);

    private static DnsRecord[] ForLegacy(DnsRecord[] records) =>
        [.. records.Select(record => record with { IsUnique = false, Lifetime = Math.Min(record.Lifetime, LegacyLifetime) })];
}
