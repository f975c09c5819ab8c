using System.Net;
using DistBuild.Core.Discovery;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class AnswerWindowTests
{
    private static readonly FinderTimings Timings = new();
    private static readonly Guid A = Guid.NewGuid(), B = Guid.NewGuid();

    [TestMethod]
    public void A_question_to_nobody_is_over_at_once() => Assert.AreEqual(TimeSpan.Zero, Window().Left(TimeSpan.Zero));

    [TestMethod]
    public void Those_asked_by_address_are_waited_for_until_all_have_answered()
    {
        AnswerWindow window = Window();
        window.DirectAdded();
        window.DirectAdded();

        Assert.AreEqual(Milliseconds(70), window.Left(Milliseconds(30)));
        window.DirectDone();
        Assert.AreEqual(Milliseconds(60), window.Left(Milliseconds(40)));
        window.DirectDone();
        Assert.AreEqual(TimeSpan.Zero, window.Left(Milliseconds(41)));
    }

    [TestMethod]
    public void Those_asked_by_address_have_a_bounded_patience()
    {
        AnswerWindow window = Window();
        window.DirectAdded();

        Assert.AreEqual(TimeSpan.Zero, window.Left(Milliseconds(101)));
    }

    [TestMethod]
    public void A_shout_nobody_answers_is_over_after_its_time()
    {
        AnswerWindow window = Window(listening: true);

        Assert.AreEqual(Timings.Shout, window.Left(TimeSpan.Zero));
        Assert.AreEqual(TimeSpan.Zero, window.Left(Timings.Shout));
    }

    [TestMethod]
    public void After_the_first_answer_to_a_shout_the_others_have_a_short_while()
    {
        AnswerWindow window = Window(listening: true);
        window.ShoutAnswered(A, Milliseconds(3));
        window.ShoutAnswered(B, Milliseconds(9));

        Assert.AreEqual(Timings.AfterFirst, window.Left(Milliseconds(3)));
        Assert.AreEqual(TimeSpan.Zero, window.Left(Milliseconds(3) + Timings.AfterFirst));
    }

    [TestMethod]
    public void On_a_machine_that_is_too_busy_to_wake_in_time_everybody_has_longer_within_bounds()
    {
        AnswerWindow window = Window(listening: true);
        window.DirectAdded();

        window.Late(Milliseconds(1));
        Assert.AreEqual(Milliseconds(100), window.Left(TimeSpan.Zero), "timers are no better");
        window.Late(Milliseconds(30));
        window.Late(Milliseconds(10));
        Assert.AreEqual(Milliseconds(220), window.Left(TimeSpan.Zero));
        window.DirectDone();
        Assert.AreEqual(Timings.Shout + Milliseconds(120), window.Left(TimeSpan.Zero));
        window.ShoutAnswered(A, Milliseconds(3));
        Assert.AreEqual(Milliseconds(123) + Timings.AfterFirst, window.Left(TimeSpan.Zero));
        window.Late(Milliseconds(5000));
        Assert.AreEqual(Timings.LongestPatience, window.Left(TimeSpan.Zero));
    }

    [TestMethod]
    public void A_busy_machine_waits_no_longer_for_those_who_have_all_answered()
    {
        AnswerWindow window = Window();
        window.Late(Milliseconds(100));

        Assert.AreEqual(TimeSpan.Zero, window.Left(TimeSpan.Zero));
    }

    [TestMethod]
    public void A_known_LAN_is_over_when_everyone_known_has_answered()
    {
        AnswerWindow window = Window(listening: true, A, B);
        window.ShoutAnswered(B, Milliseconds(1));
        Assert.IsGreaterThan(TimeSpan.Zero, window.Left(Milliseconds(1)));
        CollectionAssert.AreEqual(new[] { A }, window.Missing.ToArray());

        window.ShoutAnswered(A, Milliseconds(2));

        Assert.AreEqual(TimeSpan.Zero, window.Left(Milliseconds(2)));
    }

    [TestMethod]
    public void A_LAN_known_to_be_silent_is_not_waited_for() => Assert.AreEqual(TimeSpan.Zero, Window(listening: false).Left(TimeSpan.Zero));

    [TestMethod]
    public void The_longer_of_both_waits_counts()
    {
        AnswerWindow window = Window(listening: true);
        window.DirectAdded();
        Assert.AreEqual(Milliseconds(100), window.Left(TimeSpan.Zero));

        window.DirectDone();

        Assert.AreEqual(Timings.Shout, window.Left(TimeSpan.Zero));
    }

    [TestMethod]
    [DataRow(null, 500)]
    [DataRow(1, 20)]
    [DataRow(10, 40)]
    [DataRow(1000, 500)]
    public void Patience_is_four_times_the_slowest_answer_within_bounds(int? answered, int patience)
    {
        Destination destination = new(new IPEndPoint(IPAddress.Loopback, 1), null);
        if (answered is { } milliseconds)
        {
            destination.Answered(Milliseconds(milliseconds));
            destination.Answered(TimeSpan.Zero);
        }

        Assert.AreEqual(Milliseconds(patience), destination.Patience(Timings));
    }

    [TestMethod]
    [DataRow("192.168.7.9", "255.255.255.0", "192.168.7.255")]
    [DataRow("10.1.2.3", "255.0.0.0", "10.255.255.255")]
    [DataRow("10.1.2.3", "255.255.255.252", "10.1.2.3")]
    [DataRow("10.1.2.3", "255.255.255.254", null)]
    [DataRow("10.1.2.3", "255.255.255.255", null)]
    [DataRow("10.1.2.3", "0.0.0.0", null)]
    public void The_directed_broadcast_address_is_the_last_of_the_network(string address, string mask, string? broadcast) =>
        Assert.AreEqual(broadcast, LocalNetwork.DirectedBroadcast(IPAddress.Parse(address), IPAddress.Parse(mask))?.ToString());

    [TestMethod]
    public void The_local_network_names_no_loopback_address() => Assert.IsFalse(LocalNetwork.Read().Own.Any(IPAddress.IsLoopback));

    private static AnswerWindow Window(bool listening = false, params Guid[] known) => new(Timings, Milliseconds(100), listening, known);

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}
