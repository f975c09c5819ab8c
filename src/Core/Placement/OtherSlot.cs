namespace DistBuild.Core.Placement;

/// <summary>A slot that could begin a unit instead of the one that is to be given one now.</summary>
/// <param name="Power">See <see cref="Discovery.Offer"/>.</param>
/// <param name="UntilFree">How long until it can, as far as one can tell.</param>
public readonly record struct OtherSlot(int Power, TimeSpan UntilFree, SlotStanding Standing)
{
    /// <summary>An agent that is free grants a slot in less, however busy its network.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(20);

    /// <summary>Asked for and not granted yet.</summary>
    public static OtherSlot Asked(int power, TimeSpan waited) => new(power, TimeSpan.Zero, waited < AtOnce ? SlotStanding.Asked : SlotStanding.Awaited);

    /// <summary>At work on a unit: for the rest of its time, or, when that is over, for as long again as it is late.</summary>
    /// <param name="elapsed">Since it began.</param>
    /// <param name="expected">How long the unit should take there.</param>
    public static OtherSlot Busy(int power, TimeSpan elapsed, TimeSpan expected) =>
        new(power, elapsed < expected ? expected - elapsed : elapsed - expected, SlotStanding.Ours);

    /// <summary>Could begin now.</summary>
    public static OtherSlot Idle(int power) => new(power, TimeSpan.Zero, SlotStanding.Ours);
}

/// <summary>Whether a slot can be counted on.</summary>
public enum SlotStanding
{
    /// <summary>It works for the batch.</summary>
    Ours,

    /// <summary>It was asked for a moment ago.</summary>
    Asked,

    /// <summary>It is waited for: other clients use it.</summary>
    Awaited,
}
