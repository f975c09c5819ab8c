using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class WorkingSlotsTests
{
    private readonly WorkingSlots _slots = new();

    [TestMethod]
    public void The_fastest_slot_leaves_nothing_to_others()
    {
        WorkingSlot fast = _slots.Add(150);
        _slots.Add(50);

        Assert.IsNull(Choose(fast, 0));
    }

    [TestMethod]
    public void A_slot_leaves_a_heavy_unit_to_one_that_is_idle_and_no_longer_when_that_one_has_work_for_long()
    {
        WorkingSlot slow = _slots.Add(50), fast = _slots.Add(150);

        Assert.IsFalse(Choose(slow, 0)!.Takes(Seconds(10)));
        fast.Begins(Seconds(0), Seconds(30));
        Assert.IsTrue(Choose(slow, 1)!.Takes(Seconds(10)));
        Assert.IsFalse(Choose(slow, 28)!.Takes(Seconds(10)), "it is nearly done");
        fast.Idles();
        Assert.IsFalse(Choose(slow, 28)!.Takes(Seconds(10)));
    }

    [TestMethod]
    public void A_slot_that_never_delivers_what_it_took_is_waited_for_less_and_less()
    {
        WorkingSlot slow = _slots.Add(50), liar = _slots.Add(60_000);
        liar.Begins(Seconds(0), TimeSpan.Zero);

        Assert.IsFalse(Choose(slow, 1)!.Takes(Seconds(5)));
        Assert.IsTrue(Choose(slow, 9)!.Takes(Seconds(5)));
    }

    [TestMethod]
    public void One_that_is_gone_is_waited_for_no_more()
    {
        WorkingSlot slow = _slots.Add(50), fast = _slots.Add(150);
        _slots.Remove(fast);

        Assert.IsNull(Choose(slow, 0));
    }

    [TestMethod]
    public void While_an_agent_lets_wait_for_a_slot_nothing_is_left()
    {
        WorkingSlot slow = _slots.Add(50), awaited = _slots.Add(50);
        _slots.Add(150);
        awaited.Asks(Seconds(0));

        Assert.IsTrue(Choose(slow, 1)!.Takes(Seconds(10)));
    }

    [TestMethod]
    public void Nothing_is_left_to_a_slot_that_could_not_do_it()
    {
        WorkingSlot slow = _slots.Add(50), other = _slots.Add(150);

        Assert.IsNull(_slots.Choose(slow, Seconds(0), Seconds(10), slot => slot != other));
    }

    private SlowSlot? Choose(WorkingSlot own, double now) => _slots.Choose(own, Seconds(now), Seconds(10), _ => true);

    private static TimeSpan Seconds(double value) => TimeSpan.FromSeconds(value);
}
