namespace DistBuild.Core.Placement;

/// <summary>A unit that somebody else works on.</summary>
/// <param name="Elapsed">Since it was given away.</param>
/// <param name="Expected">How long it should take there.</param>
/// <param name="Here">How long it would take here.</param>
public readonly record struct Straggler(TimeSpan Elapsed, TimeSpan Expected, TimeSpan Here);

/// <summary>
/// When a slot here that has nothing else to do compiles a unit that is on its way elsewhere: when it should be done here first although it starts only now, because it went to a slow machine, and when it takes longer
/// than it should. Until then the other is likely to be first, and the work would be done twice. What is still awaited when its time is long over is given up, slot or not.
/// </summary>
public static class StragglerRace
{
    /// <summary>A third slower than expected is usual: a busy processor, the way there and back.</summary>
    private const double Usual = 1.5;

    /// <summary>No race is won by less than what a compiler takes to start.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <summary>Above what any honest estimate is wrong by, and below what a person waits for.</summary>
    private const int Hopeless = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The time after which a unit is late.</summary>
    public static TimeSpan LateAfter(TimeSpan expected) => Stretch(expected) + Least;

    /// <summary>The time after which whoever has the unit is given up.</summary>
    public static TimeSpan GivenUpAfter(TimeSpan expected)
    {
        TimeSpan hopeless = TimeSpan.FromTicks(expected.Ticks * Hopeless);
        return hopeless > Patience ? hopeless : Patience;
    }

    /// <summary>Which of the units to race: of those that are late, or would be done here well before, the one that is awaited longest. What is late will take as long again as it took until now.</summary>
    /// <param name="next">When none is chosen: how long until one is late; null when there is none.</param>
    /// <returns>Its position, or -1.</returns>
    public static int Choose(IReadOnlyList<Straggler> running, out TimeSpan? next)
    {
        int chosen = -1;
        TimeSpan longest = TimeSpan.MinValue;
        next = null;
        for (int i = 0; i < running.Count; i++)
        {
            Straggler one = running[i];
            TimeSpan untilLate = LateAfter(one.Expected) - one.Elapsed, left = untilLate <= TimeSpan.Zero ? one.Elapsed : one.Expected - one.Elapsed;
            if (untilLate > TimeSpan.Zero && left < Stretch(one.Here) + Least)
            {
                next = next < untilLate ? next : untilLate;
            }
            else if (left > longest)
            {
                (chosen, longest) = (i, left);
            }
        }

        next = chosen >= 0 ? null : next;
        return chosen;
    }

    private static TimeSpan Stretch(TimeSpan expected) => TimeSpan.FromTicks((long)(expected.Ticks * Usual));
}
