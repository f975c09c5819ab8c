using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class BackOffTests
{
    private static readonly Guid Agent = Guid.NewGuid(), Other = Guid.NewGuid();

    private readonly ManualClock _clock = new();

    [TestMethod]
    public void Each_failure_doubles_the_time_an_agent_is_left_alone_up_to_a_limit()
    {
        BackOff backOff = new(_clock, []);
        List<double> seconds = [];
        for (int failure = 0; failure < 9; failure++)
        {
            backOff.Fail(Agent);
            TimeSpan away = backOff.Failed.Single().Until - _clock.GetUtcNow();
            seconds.Add(away.TotalSeconds);
            _clock.Now += away - TimeSpan.FromMilliseconds(1);
            Assert.IsFalse(backOff.MayUse(Agent));
            _clock.Now += TimeSpan.FromMilliseconds(1);
            Assert.IsTrue(backOff.MayUse(Agent));
        }

        CollectionAssert.AreEqual((double[])[10, 20, 40, 80, 160, 320, 600, 600, 600], seconds);
        Assert.IsTrue(backOff.MayUse(Other), "and nobody else is");
    }

    [TestMethod]
    public void What_an_agent_delivers_makes_good_its_failures()
    {
        BackOff backOff = new(_clock, []);
        backOff.Fail(Agent);
        backOff.Fail(Agent);

        Assert.IsTrue(backOff.Deliver(Agent));
        Assert.IsFalse(backOff.Deliver(Agent), "nothing is held against it any more");

        backOff.Fail(Agent);
        Assert.AreEqual(1, backOff.Failed.Single().Failures);
    }

    [TestMethod]
    public void One_that_takes_units_and_never_delivers_fails_one_that_is_late_now_and_then_does_not()
    {
        BackOff backOff = new(_clock, []);

        bool[] never = [.. Enumerable.Range(0, 3).Select(_ => backOff.Disappoint(Agent))];
        bool[] sometimes = [.. Enumerable.Range(0, 9).Select(_ =>
        {
            bool fails = backOff.Disappoint(Other);
            backOff.Deliver(Other);
            return fails;
        })];

        CollectionAssert.AreEqual((bool[])[false, false, true], never);
        Assert.IsFalse(sometimes.Any(fails => fails));
    }

    [TestMethod]
    public void The_next_build_goes_on_where_this_one_ended()
    {
        BackOff first = new(_clock, []);
        first.Fail(Agent);
        first.Fail(Agent);
        BackOff next = new(_clock, first.Failed);

        Assert.IsFalse(next.MayUse(Agent));
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.IsTrue(next.MayUse(Agent));
        next.Fail(Agent);
        Assert.AreEqual(3, next.Failed.Single().Failures);
    }

    [TestMethod]
    public void What_is_long_over_and_what_another_clock_wrote_is_forgotten()
    {
        AgentFailures old = new(Agent, 5, _clock.GetUtcNow() - TimeSpan.FromHours(2)), strange = new(Other, 5, _clock.GetUtcNow() + TimeSpan.FromDays(1));

        BackOff backOff = new(_clock, [old, strange]);

        Assert.IsTrue(backOff.MayUse(Agent) && backOff.MayUse(Other));
        Assert.IsEmpty(backOff.Failed);
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
