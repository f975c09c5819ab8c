using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class SlowSlotTests
{
    [TestMethod]
    public void A_heavy_unit_is_left_to_a_faster_slot_that_is_free_soon()
    {
        SlowSlot slow = new(50, [OtherSlot.Busy(150, Seconds(1), Seconds(2))], Seconds(12));

        Assert.IsFalse(slow.Takes(Seconds(10)), "20 s here, 7.7 s there");
        Assert.IsTrue(slow.Takes(Seconds(1)), "2 s are over long before the rest is done");
    }

    [TestMethod]
    public void It_is_taken_when_the_faster_one_is_busy_for_too_long()
    {
        SlowSlot slow = new(50, [OtherSlot.Busy(150, Seconds(1), Seconds(30))], Seconds(12));

        Assert.IsTrue(slow.Takes(Seconds(10)));
    }

    [TestMethod]
    public void Of_several_heavy_units_each_faster_slot_is_left_only_as_many_as_it_can_do_sooner()
    {
        SlowSlot slow = new(50, [OtherSlot.Idle(100)], Seconds(30));

        Assert.IsFalse(slow.Takes(Seconds(15)), "30 s here, 15 there");
        Assert.IsTrue(slow.Takes(Seconds(14)), "28 s here, 29 there, after the other");
    }

    [TestMethod]
    public void While_there_is_other_work_for_longer_than_the_unit_takes_the_slot_takes_the_heaviest()
    {
        SlowSlot slow = new(50, [OtherSlot.Idle(150)], Seconds(100));

        Assert.IsTrue(slow.Takes(Seconds(10)), "20 s here, and 50 s of work for all");
    }

    [TestMethod]
    public void Where_slots_have_to_be_waited_for_nothing_is_left_to_faster_ones()
    {
        SlowSlot slow = new(50, [OtherSlot.Busy(150, Seconds(1), Seconds(2)), OtherSlot.Asked(50, Seconds(1))], Seconds(10));

        Assert.IsTrue(slow.Takes(Seconds(10)));
    }

    [TestMethod]
    public void Before_it_is_known_whether_they_have_to_be_a_slot_that_would_leave_something_takes_nothing()
    {
        SlowSlot early = new(50, [OtherSlot.Asked(150, TimeSpan.FromMilliseconds(5))], Seconds(10));

        Assert.IsFalse(early.Takes(Seconds(10)));
        Assert.IsFalse(early.Takes(Seconds(0.1)));
        Assert.IsTrue(new SlowSlot(50, [OtherSlot.Asked(150, TimeSpan.FromMilliseconds(50))], Seconds(10)).Takes(Seconds(10)));
        Assert.IsTrue(new SlowSlot(50, [OtherSlot.Asked(150, TimeSpan.FromMilliseconds(5))], Seconds(1000)).Takes(Seconds(10)));
    }

    [TestMethod]
    public void What_is_late_is_expected_to_be_late_for_as_long_again() =>
        Assert.AreEqual(Seconds(3), OtherSlot.Busy(100, Seconds(8), Seconds(5)).UntilFree);

    [TestMethod]
    public void A_slot_that_is_only_a_little_faster_is_not_waited_for() =>
        Assert.IsTrue(new SlowSlot(100, [OtherSlot.Idle(120)], Seconds(10)).Takes(Seconds(10)));

    [TestMethod]
    public void A_slot_without_others_takes_everything()
    {
        SlowSlot alone = new(1, [], TimeSpan.Zero);

        Assert.IsTrue(alone.Takes(Seconds(100)));
    }

    private static TimeSpan Seconds(double value) => TimeSpan.FromSeconds(value);
}
