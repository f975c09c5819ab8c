using DistBuild.Core.Placement;

namespace DistBuild.Core.Tests.Placement;

[TestClass]
public sealed class WorkQueueTests
{
    [TestMethod]
    public void The_heaviest_work_goes_first_and_equal_work_in_order_of_arrival()
    {
        WorkQueue<string, string> queue = new();
        queue.Add("light", "gcc", 1);
        queue.Add("heavy", "gcc", 9);
        queue.Add("middle one", "gcc", 5);
        queue.Add("middle two", "gcc", 5);

        CollectionAssert.AreEqual(new[] { "heavy", "middle one", "middle two", "light" }, Drain(queue, _ => true));
    }

    [TestMethod]
    public void A_worker_gets_only_work_it_can_do_however_heavy_the_other_is()
    {
        WorkQueue<string, string> queue = new();
        queue.Add("for clang", "clang", 100);
        queue.Add("for gcc", "gcc", 1);

        CollectionAssert.AreEqual(new[] { "for gcc" }, Drain(queue, need => need == "gcc"));
        Assert.AreEqual(1, queue.Count);
    }

    [TestMethod]
    public void Across_needs_the_heaviest_wins()
    {
        WorkQueue<string, string> queue = new();
        queue.Add("c", "gcc", 2);
        queue.Add("c++", "g++", 3);

        Assert.IsTrue(queue.TryPeek(_ => true, out string need));
        Assert.AreEqual("g++", need);
    }

    [TestMethod]
    public void Nothing_is_taken_from_an_empty_queue()
    {
        WorkQueue<string, string> queue = new();

        Assert.IsFalse(queue.TryTake(_ => true, out _));
        Assert.IsFalse(queue.TryPeek(_ => true, out _));
    }

    [TestMethod]
    public void Work_without_weight_is_still_work()
    {
        WorkQueue<string, string> queue = new();
        queue.Add("weightless", "gcc", 0);

        CollectionAssert.AreEqual(new[] { "weightless" }, Drain(queue, _ => true));
    }

    private static string[] Drain(WorkQueue<string, string> queue, Func<string, bool> has)
    {
        List<string> taken = [];
        while (queue.TryTake(has, out string work))
        {
            taken.Add(work);
        }

        return [.. taken];
    }
}
