namespace DistBuild.Core.Discovery;

/// <summary>
/// Decides how much longer one question waits. No clock and no socket: it is told what happened and when. Two parts, and the longer one counts:
/// those asked by address, until each has answered, refused or had its patience; and those who heard a shout, until everyone known from earlier
/// has answered, or, on a LAN not known yet, until a short while after the first answer. Where this process is woken late, because its machine is busy, all of it takes longer: answers that have
/// arrived are read as late.
/// </summary>
/// <param name="patience">For questions sent by address to someone worth waiting for.</param>
/// <param name="listening">A shout went out, and the LAN is not known to be silent.</param>
/// <param name="known">Agents that answered an earlier shout.</param>
internal sealed class AnswerWindow(FinderTimings timings, TimeSpan patience, bool listening, IEnumerable<Guid> known)
{
    /// <summary>By how much more a machine is late next time.</summary>
    private const int LateAgain = 4;

    /// <summary>What a timer is late on a machine that does nothing else.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(2);

    private readonly HashSet<Guid> _missing = [.. known];
    private readonly bool _knownLan = known.Any();
    private int _direct;
    private TimeSpan? _firstShoutAnswer;
    private TimeSpan _late;

    /// <summary>Agents known from earlier that did not answer this time.</summary>
    public IReadOnlyCollection<Guid> Missing => _missing;

    /// <summary>One asked by address has answered or refused.</summary>
    public void DirectDone() => _direct--;

    /// <summary>One more was asked by address.</summary>
    public void DirectAdded() => _direct++;

    public void ShoutAnswered(Guid agent, TimeSpan elapsed)
    {
        _missing.Remove(agent);
        _firstShoutAnswer ??= elapsed;
    }

    /// <summary>This process was woken so much later than it wanted.</summary>
    public void Late(TimeSpan by) => _late = by > Usual ? Max(_late, by) : _late;

    /// <summary>The time left, or zero when the question is over.</summary>
    /// <param name="elapsed">Since the question was sent.</param>
    public TimeSpan Left(TimeSpan elapsed)
    {
        TimeSpan directEnd = _direct > 0 ? patience : TimeSpan.Zero;
        TimeSpan end = Max(directEnd, ShoutEnd());
        TimeSpan most = Max(timings.LongestPatience, end), stretched = end + TimeSpan.FromTicks(_late.Ticks * LateAgain);
        return end == TimeSpan.Zero ? TimeSpan.Zero : Max((stretched < most ? stretched : most) - elapsed, TimeSpan.Zero);
    }

    private TimeSpan ShoutEnd() =>
        !listening ? TimeSpan.Zero
        : _knownLan ? (_missing.Count > 0 ? timings.Shout : TimeSpan.Zero)
        : _firstShoutAnswer is { } first ? first + timings.AfterFirst
        : timings.Shout;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
