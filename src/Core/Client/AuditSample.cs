namespace DistBuild.Core.Client;

/// <summary>
/// Chooses the given share of hits: evenly, so that of a hundred hits exactly so many are chosen, and from another one on in each build, so that over time every
/// entry is chosen. Safe for many threads.
/// </summary>
/// <param name="percent">0 to 100.</param>
internal sealed class AuditSample(int percent, int start)
{
    private const int Whole = 100;

    private long _asked = start;

    public AuditSample(int percent)
        : this(percent, new Random().Next(Whole))
    {
    }

    /// <summary>Whether this hit is one of them.</summary>
    public bool Next()
    {
        long number = Interlocked.Increment(ref _asked);
        return number * percent / Whole != (number - 1) * percent / Whole;
    }
}
