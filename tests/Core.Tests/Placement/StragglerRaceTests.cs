using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class StragglerRaceTests
{
    [TestMethod]
    public void What_takes_no_longer_than_expected_is_left_alone_and_the_time_to_look_again_is_told()
    {
        Straggler[] running = [At(1, of: 10), At(9, of: 10)];

        Assert.AreEqual(-1, StragglerRace.Choose(running, out TimeSpan? next));
        Assert.AreEqual(StragglerRace.LateAfter(TimeSpan.FromSeconds(10)) - TimeSpan.FromSeconds(9), next);
    }

    [TestMethod]
    public void Of_several_that_are_late_the_one_that_is_awaited_longest_is_raced()
    {
        Straggler[] running = [At(100, of: 1), At(101, of: 1), At(1, of: 10)];

        Assert.AreEqual(1, StragglerRace.Choose(running, out TimeSpan? next));
        Assert.IsNull(next);
    }

    [TestMethod]
    public void What_went_to_a_slow_machine_and_would_be_done_here_well_before_is_raced_at_once()
    {
        Straggler slow = At(1, of: 20) with { Here = TimeSpan.FromSeconds(5) }, nearlyDone = At(19, of: 20) with { Here = TimeSpan.FromSeconds(5) };

        Assert.AreEqual(0, StragglerRace.Choose([slow], out _));
        Assert.AreEqual(-1, StragglerRace.Choose([nearlyDone], out _));
    }

    [TestMethod]
    public void With_nothing_elsewhere_there_is_nothing_to_wait_for()
    {
        Assert.AreEqual(-1, StragglerRace.Choose([], out TimeSpan? next));
        Assert.IsNull(next);
    }

    [TestMethod]
    public void A_unit_is_late_only_after_the_expected_time_and_giving_up_is_long_after_that()
    {
        foreach (double seconds in (double[])[0, 0.01, 1, 10, 1000])
        {
            TimeSpan expected = TimeSpan.FromSeconds(seconds);

            Assert.IsGreaterThan(expected, StragglerRace.LateAfter(expected));
            Assert.IsGreaterThan(StragglerRace.LateAfter(expected), StragglerRace.GivenUpAfter(expected));
        }
    }

    private static Straggler At(double elapsed, double of) => new(TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(of), TimeSpan.FromSeconds(of));
}
