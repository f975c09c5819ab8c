namespace DistBuild.Core.Placement;

/// <summary>The slots that work for a batch, here and at agents, as far as the batch knows them. Holds no clock and no lock; the caller serialises.</summary>
public sealed class WorkingSlots
{
    private readonly HashSet<WorkingSlot> _slots = [];

    public WorkingSlot Add(int power)
    {
        WorkingSlot slot = new(power);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>It takes nothing any more.</summary>
    public void Remove(WorkingSlot slot) => _slots.Remove(slot);

    /// <summary>What a slot should take now, by what the others do; null when it has nobody to leave anything to.</summary>
    /// <param name="now">By the clock of the slots' other times.</param>
    /// <param name="waiting">What is not begun yet, on a typical core.</param>
    /// <param name="isAble">Whether another slot could do the work at all.</param>
    public SlowSlot? Choose(WorkingSlot own, TimeSpan now, TimeSpan waiting, Func<WorkingSlot, bool> isAble)
    {
        WorkingSlot[] others = [.. _slots.Where(slot => slot != own && isAble(slot))];
        return others.Any(slot => slot.Power > own.Power) ? new SlowSlot(own.Power, others.Select(slot => slot.At(now)), waiting) : null;
    }
}

/// <summary>What a batch knows of one slot that works for it.</summary>
public sealed class WorkingSlot
{
    private TimeSpan _since;
    private TimeSpan? _expected;
    private bool _isAsked;

    internal WorkingSlot(int power) => Power = power;

    /// <summary>See <see cref="Discovery.Offer"/>.</summary>
    public int Power { get; }

    /// <summary>Its agent was asked for it.</summary>
    public void Asks(TimeSpan now) => (_isAsked, _expected, _since) = (true, null, now);

    /// <param name="expected">How long the unit should take there.</param>
    public void Begins(TimeSpan now, TimeSpan expected) => (_isAsked, _expected, _since) = (false, expected, now);

    public void Idles() => (_isAsked, _expected) = (false, null);

    public OtherSlot At(TimeSpan now) =>
        _expected is { } expected ? OtherSlot.Busy(Power, now - _since, expected)
        : _isAsked ? OtherSlot.Asked(Power, now - _since)
        : OtherSlot.Idle(Power);
}
