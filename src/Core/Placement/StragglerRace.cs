namespace DistBuild.Core.Placement;

/// <summary>A unit that somebody else works on.</summary>
/// <param name="Elapsed">Since it was given away.</param>
/// <param name="Expected">How long it should take.</param>
public readonly record struct Straggler(TimeSpan Elapsed, TimeSpan Expected);

/// <summary>
/// When a slot here that has nothing else to do compiles a unit that is on its way elsewhere: only once that takes longer than it should, because until then the other is likely to be
/// first and the work would be done twice. What is still awaited when its time is long over is given up, slot or not.
/// </summary>
public static class StragglerRace
{
    /// <summary>A third slower than expected is usual: another processor, a busy one, the way there and back.</summary>
    private const double Usual = 1.5;

    /// <summary>No race is won by less than what a compiler takes to start.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <summary>Above what any honest estimate is wrong by, and below what a person waits for.</summary>
    private const int Hopeless = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The time after which a unit may be raced.</summary>
    public static TimeSpan RacedAfter(TimeSpan expected) => TimeSpan.FromTicks((long)(expected.Ticks * Usual)) + Least;

    /// <summary>The time after which whoever has the unit is given up.</summary>
    public static TimeSpan GivenUpAfter(TimeSpan expected)
    {
        TimeSpan hopeless = TimeSpan.FromTicks(expected.Ticks * Hopeless);
        return hopeless > Patience ? hopeless : Patience;
    }

    /// <summary>Which of the units to race: the one that is late by most.</summary>
    /// <param name="next">When none is chosen: how long until one may be raced; null when there is none.</param>
    /// <returns>Its position, or -1.</returns>
    public static int Choose(IReadOnlyList<Straggler> running, out TimeSpan? next)
    {
        int chosen = -1;
        TimeSpan latest = TimeSpan.Zero;
        next = null;
        for (int i = 0; i < running.Count; i++)
        {
            TimeSpan late = running[i].Elapsed - RacedAfter(running[i].Expected);
            if (late >= latest)
            {
                (chosen, latest) = (i, late);
            }
            else if (late < TimeSpan.Zero && (next is null || -late < next))
            {
                next = -late;
            }
        }

        next = chosen >= 0 ? null : next;
        return chosen;
    }
}
