using DistBuild.Agent.Connections;

namespace DistBuild.Agent.Tests.Connections;

[TestClass]
public sealed class ReplayGuardTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [TestMethod]
    public void A_question_passes_once()
    {
        ReplayGuard guard = new(_time, Window);

        Assert.AreEqual(new ReplayVerdict(true, null), guard.Check(1, Now));
        Assert.AreEqual(new ReplayVerdict(false, null), guard.Check(1, Now));
        Assert.AreEqual(new ReplayVerdict(true, null), guard.Check(2, Now));
    }

    [TestMethod]
    [DataRow(-301)]
    [DataRow(301)]
    public void A_clock_too_far_off_is_told_this_one(int seconds)
    {
        ReplayGuard guard = new(_time, Window);

        Assert.AreEqual(new ReplayVerdict(false, Now), guard.Check(1, Now + (seconds * 1000L)));
        Assert.AreEqual(new ReplayVerdict(true, null), guard.Check(1, Now), "and the nonce was not spent");
    }

    [TestMethod]
    [DataRow(-299)]
    [DataRow(299)]
    public void A_clock_a_little_off_is_good_enough(int seconds) => Assert.IsTrue(new ReplayGuard(_time, Window).Check(1, Now + (seconds * 1000L)).IsFresh);

    [TestMethod]
    public void A_question_is_never_answered_twice_however_long_it_was_kept()
    {
        ReplayGuard guard = new(_time, Window);
        long ahead = Now + (long)Window.TotalMilliseconds;
        Assert.IsTrue(guard.Check(1, ahead).IsFresh);
        for (int minute = 0; minute < 60; minute++)
        {
            Assert.IsFalse(guard.Check(1, ahead).IsFresh, $"minute {minute}");
            Assert.IsTrue(guard.Check((ulong)minute + 1000, Now).IsFresh);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [TestMethod]
    public void A_flood_costs_bounded_memory_and_still_nothing_passes_twice()
    {
        ReplayGuard guard = new(_time, Window, capacity: 100);
        List<(ulong Nonce, long Time)> passed = [];
        for (ulong nonce = 0; nonce < 2000; nonce++)
        {
            long time = Now - 200_000 + (long)nonce;
            if (guard.Check(nonce, time).RightTime is { } right)
            {
                time = right;
                Assert.IsTrue(guard.Check(nonce, time).IsFresh, "the time it was told is accepted");
            }

            passed.Add((nonce, time));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.IsFalse(passed.Any(question => guard.Check(question.Nonce, question.Time).IsFresh));
    }
}
