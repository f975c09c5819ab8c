namespace DistBuild.Core.Placement;

/// <summary>
/// Keeps heavy units from slow slots. A slot takes the heaviest unit that waits, unless the whole would be done later for it: a unit that would end here after everything else can be done, and well before that on a faster
/// slot that is free soon enough, is left to that one, and the next lighter unit is looked at. So a slot may stay idle for want of a unit that it would not hold up. This is list scheduling on machines of different
/// speed (Gonzalez, Ibarra and Sahni 1977), with each decision taken as late as can be. Where slots have to be waited for, other clients use them too, and nobody can tell who gets which when: then a slot takes what is
/// heaviest, because what it leaves may find a faster one much later. While that is not known yet, a slot that would leave something takes nothing. One instance is one decision, which is asked for units from the
/// heaviest on.
/// </summary>
public sealed class SlowSlot
{
    /// <summary>The power of a typical core.</summary>
    private const int Typical = 100;

    /// <summary>Of the time here: estimates are no better, and a unit in the hand is worth it.</summary>
    private const double MuchSooner = 0.8;

    private readonly int _power;
    private readonly List<OtherSlot> _faster = [];
    private readonly TimeSpan _rest;
    private readonly bool _isEarly;
    private bool _takesNothing;

    /// <param name="power">Of the slot that is to be given a unit.</param>
    /// <param name="others">All others of the batch.</param>
    /// <param name="work">What is not begun yet, on a typical core.</param>
    public SlowSlot(int power, IEnumerable<OtherSlot> others, TimeSpan work)
    {
        _power = Math.Max(1, power);
        long powers = _power;
        bool mustWait = false;
        foreach (OtherSlot other in others)
        {
            powers += other.Power;
            mustWait |= other.Standing == SlotStanding.Awaited;
            _isEarly |= other.Standing == SlotStanding.Asked;
            if (other.Power * MuchSooner > _power)
            {
                _faster.Add(other);
            }
        }

        if (mustWait)
        {
            _faster.Clear();
        }

        _rest = TimeSpan.FromTicks(work.Ticks * Typical / powers);
    }

    /// <summary>Whether the slot takes this unit; otherwise it is left to one of the others, which is counted as busy with it.</summary>
    /// <param name="work">On a typical core.</param>
    public bool Takes(TimeSpan work)
    {
        TimeSpan here = ExpectedTimes.At(_power, work);
        if (_takesNothing || here <= _rest)
        {
            return !_takesNothing;
        }

        int best = -1;
        TimeSpan end = TimeSpan.FromTicks((long)(here.Ticks * MuchSooner));
        for (int i = 0; i < _faster.Count; i++)
        {
            TimeSpan there = _faster[i].UntilFree + ExpectedTimes.At(_faster[i].Power, work);
            if (there < end)
            {
                (best, end) = (i, there);
            }
        }

        if (best < 0)
        {
            return true;
        }

        _faster[best] = _faster[best] with { UntilFree = end };
        _takesNothing = _isEarly;
        return false;
    }
}
