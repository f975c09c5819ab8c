using System.Net;
using DistBuild.Core.Discovery;
using DistBuild.Core.Tests.Wire;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class NeighboursTests
{
    private static readonly KnownAgent There = Known(1, isMissed: false), Gone = Known(2, isMissed: true);

    private readonly SteppedTime _time = new();

    [TestMethod]
    public void Everyone_remembered_is_asked_by_address_at_first_and_later_only_who_answered()
    {
        Neighbours neighbours = new([There, Gone], _time);

        CollectionAssert.AreEquivalent(new[] { There.EndPoint, Gone.EndPoint }, neighbours.ToAsk().ToArray());
        neighbours.Answered(OfferOf(Gone));

        CollectionAssert.AreEqual(new[] { Gone.EndPoint }, neighbours.ToAsk().ToArray());
    }

    [TestMethod]
    public void Who_did_not_answer_the_last_build_is_asked_and_not_waited_for()
    {
        Neighbours neighbours = new([There, Gone], _time);

        CollectionAssert.AreEqual(new[] { There.Id }, neighbours.Awaited.ToArray());
        neighbours.Missed([There.Id]);
        Assert.IsEmpty(neighbours.Awaited);
        neighbours.Answered(OfferOf(Gone));
        CollectionAssert.AreEqual(new[] { Gone.Id }, neighbours.Awaited.ToArray());
    }

    [TestMethod]
    public void The_next_build_remembers_who_answered_and_who_did_not()
    {
        Neighbours neighbours = new([There, Gone], _time);
        KnownAgent fresh = Known(3, isMissed: false);

        CollectionAssert.AreEquivalent(new[] { There, Gone }, neighbours.All.ToArray(), "nobody was asked");
        neighbours.ToAsk();
        neighbours.Answered(OfferOf(fresh));
        neighbours.Answered(OfferOf(Gone));

        DateTimeOffset now = _time.GetUtcNow();
        CollectionAssert.AreEquivalent(
            new[] { There with { IsMissed = true }, Gone with { IsMissed = false, Answered = now }, fresh with { Answered = now } }, neighbours.All.ToArray());
    }

    private static KnownAgent Known(byte number, bool isMissed) =>
        new(new Guid(number, 0, 0, new byte[8]), new IPEndPoint(new IPAddress([192, 0, 2, number]), 27182), DateTimeOffset.UnixEpoch.AddDays(-1), isMissed);

    private static Offer OfferOf(KnownAgent agent) => new(agent.Id, "agent", agent.EndPoint, null, 1, 1, 0, 100, 0, 1000, [], new Dictionary<ulong, Holding>());
}
