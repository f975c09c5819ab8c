using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class ExpectedTimesTests
{
    [TestMethod]
    public void What_was_compiled_before_takes_as_long_as_then_whatever_its_text()
    {
        ExpectedTimes times = new();
        times.Learn(Time(10, 1_000_000));

        Assert.AreEqual(TimeSpan.FromSeconds(3), times.Of(TimeSpan.FromSeconds(3), 5));
    }

    [TestMethod]
    public void What_is_new_takes_as_long_as_its_text_does_at_the_median_speed()
    {
        ExpectedTimes times = new();
        times.Learn(Time(2, 1_000_000));
        times.Learn(Time(3, 1_000_000));
        times.Learn(Time(600, 1_000_000));

        Assert.AreEqual(TimeSpan.FromSeconds(6), times.Of(null, 2_000_000), "one odd unit does not count");
    }

    [TestMethod]
    public void What_is_new_and_has_no_text_takes_the_median_time()
    {
        ExpectedTimes times = new();
        times.Learn(Time(1, 0));
        times.Learn(Time(4, 0));
        times.Learn(Time(600, 0));

        Assert.AreEqual(TimeSpan.FromSeconds(4), times.Of(null, 0));
    }

    [TestMethod]
    public void While_nothing_is_known_the_longer_text_takes_longer()
    {
        ExpectedTimes times = new();

        Assert.IsGreaterThan(times.Of(null, 1_000_000), times.Of(null, 1_000_001));
        Assert.AreEqual(TimeSpan.FromSeconds(1), times.Of(null, 1_000_000));
        Assert.AreEqual(TimeSpan.FromSeconds(1), times.Of(null, 0));
    }

    private static CompileTime Time(double seconds, long text) => new(TimeSpan.FromSeconds(seconds), text);
}
