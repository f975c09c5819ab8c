using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Announcing;

/// <summary>Lets a record go to everybody at most once a second on one network (RFC 6762, 6): what many ask at once is answered once.</summary>
internal sealed class MulticastPace(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(DnsName Name, DnsType Type), long> _said = [];

    /// <summary>The message with what may be said now, which counts as said; null when that is nothing.</summary>
    public DnsMessage? Limit(DnsMessage message)
    {
        lock (_lock)
        {
            DnsRecord[] answers = [.. message.Answers.Where(MayGo)];
            return answers.Length == 0 ? null : message with { Answers = answers };
        }
    }

    private bool MayGo(DnsRecord record)
    {
        long now = time.GetTimestamp();
        if (_said.TryGetValue((record.Name, record.Type), out long last) && time.GetElapsedTime(last, now) < Least)
        {
            return false;
        }

        _said[(record.Name, record.Type)] = now;
        return true;
    }
}
