using DistBuild.Agent.Execution;
using DistBuild.Agent.Requests;

namespace DistBuild.Agent.Tests.Execution;

[TestClass]
public sealed class SlotPoolTests
{
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(11);

    private readonly ManualTime _time = new();

    [TestMethod]
    public async Task A_free_slot_is_granted_at_once_and_comes_back_exactly_once()
    {
        SlotPool pool = new(2, LongestLease, _time);

        IDisposable lease = await pool.AcquireAsync("a", CancellationToken.None);
        Assert.AreEqual(1, pool.Free);
        lease.Dispose();
        lease.Dispose();

        Assert.AreEqual(2, pool.Free);
        Assert.AreEqual(0, _time.Timers, "no timer is left behind");
    }

    [TestMethod]
    public async Task Fewer_slots_are_lent_while_the_owner_needs_the_machine_and_more_again_when_not()
    {
        SlotPool pool = new(3, LongestLease, _time);
        IDisposable first = await pool.AcquireAsync("a", CancellationToken.None), second = await pool.AcquireAsync("a", CancellationToken.None);

        pool.Allow(1);
        Assert.AreEqual(0, pool.Free);
        Task<IDisposable> third = pool.AcquireAsync("b", CancellationToken.None), fourth = pool.AcquireAsync("c", CancellationToken.None);
        first.Dispose();
        Assert.IsFalse(third.IsCompleted, "one is held, and one is allowed");
        second.Dispose();
        (await third).Dispose();
        using IDisposable last = await fourth;
        Assert.AreEqual(1, pool.Held);
        Task<IDisposable> fifth = pool.AcquireAsync("d", CancellationToken.None), sixth = pool.AcquireAsync("e", CancellationToken.None);
        pool.Allow(9);

        (await fifth).Dispose();
        (await sixth).Dispose();
        Assert.AreEqual(2, pool.Free, "never more than there are");
        Assert.AreEqual(0, pool.Queue);
    }

    [TestMethod]
    public async Task When_none_is_lent_whoever_waits_or_asks_is_sent_away_and_what_runs_ends_in_peace()
    {
        SlotPool pool = new(1, LongestLease, _time);
        IDisposable running = await pool.AcquireAsync("a", CancellationToken.None);
        Task<IDisposable> waiting = pool.AcquireAsync("b", CancellationToken.None);

        pool.Allow(0);
        await Assert.ThrowsAsync<NoSlotsException>(() => waiting);
        await Assert.ThrowsAsync<NoSlotsException>(() => pool.AcquireAsync("c", CancellationToken.None));
        running.Dispose();
        Assert.AreEqual(0, pool.Held);
        Assert.AreEqual(0, pool.Free);
        pool.Allow(1);

        (await pool.AcquireAsync("d", CancellationToken.None)).Dispose();
        Assert.AreEqual(1, pool.Free);
        Assert.AreEqual(0, pool.Queue);
        Assert.AreEqual(0, _time.Timers, "no timer is left behind");
    }

    [TestMethod]
    public async Task Whoever_asks_when_all_slots_are_taken_waits_for_one()
    {
        SlotPool pool = new(1, LongestLease, _time);
        IDisposable first = await pool.AcquireAsync("a", CancellationToken.None);

        Task<IDisposable> second = pool.AcquireAsync("b", CancellationToken.None);
        Assert.IsFalse(second.IsCompleted);
        Assert.AreEqual(1, pool.Queue);
        first.Dispose();

        using IDisposable lease = await second;
        Assert.AreEqual(0, pool.Queue);
        Assert.AreEqual(0, pool.Free);
    }

    [TestMethod]
    public async Task Clients_take_turns_however_much_one_of_them_asks_for()
    {
        SlotPool pool = new(1, LongestLease, _time);
        IDisposable held = await pool.AcquireAsync("first", CancellationToken.None);
        List<string> order = [];
        string[] asking = ["greedy", "greedy", "greedy", "greedy", "modest", "other", "modest"];
        List<Task> waiting = [.. asking.Select(client => TakeAsync(pool, client, order))];

        held.Dispose();
        await Task.WhenAll(waiting);

        CollectionAssert.AreEqual(new[] { "greedy", "modest", "other", "greedy", "modest", "greedy", "greedy" }, order);
        Assert.AreEqual(1, pool.Free);
    }

    [TestMethod]
    public async Task A_cancelled_wait_gives_up_its_place_and_costs_no_slot()
    {
        SlotPool pool = new(1, LongestLease, _time);
        IDisposable held = await pool.AcquireAsync("a", CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task<IDisposable> given = pool.AcquireAsync("b", cancel.Token);
        Task<IDisposable> patient = pool.AcquireAsync("b", CancellationToken.None);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => given);
        Assert.AreEqual(1, pool.Queue);
        held.Dispose();
        (await patient).Dispose();
        Assert.AreEqual(1, pool.Free);
        Assert.AreEqual(0, pool.Queue);
    }

    [TestMethod]
    public async Task A_token_cancelled_before_asking_takes_nothing()
    {
        SlotPool pool = new(1, LongestLease, _time);

        await Assert.ThrowsAsync<OperationCanceledException>(() => pool.AcquireAsync("a", new CancellationToken(canceled: true)));

        Assert.AreEqual(1, pool.Free);
    }

    [TestMethod]
    public async Task A_slot_nobody_gives_back_is_taken_back()
    {
        SlotPool pool = new(1, LongestLease, _time);
        IDisposable lost = await pool.AcquireAsync("lost", CancellationToken.None);
        Task<IDisposable> next = pool.AcquireAsync("next", CancellationToken.None);

        _time.Advance(LongestLease - TimeSpan.FromSeconds(1));
        Assert.IsFalse(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        using IDisposable lease = await next;
        lost.Dispose();
        Assert.AreEqual(0, pool.Free, "the late return of a slot that was taken back does not count twice");
    }

    [TestMethod]
    public async Task Grants_and_cancellations_that_race_lose_no_slot()
    {
        SlotPool pool = new(3, LongestLease, TimeProvider.System);
        await Parallel.ForAsync(0, 2000, async (i, stop) =>
        {
            using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task<IDisposable> slot = pool.AcquireAsync($"client {i % 5}", cancel.Token);
            if (i % 3 == 0)
            {
                await cancel.CancelAsync();
            }

            try
            {
                using IDisposable lease = await slot;
                await Task.Yield();
            }
            catch (OperationCanceledException)
            {
            }
        });

        Assert.AreEqual(3, pool.Free);
        Assert.AreEqual(0, pool.Queue);
    }

    private static async Task TakeAsync(SlotPool pool, string client, List<string> order)
    {
        using IDisposable lease = await pool.AcquireAsync(client, CancellationToken.None);
        order.Add(client);
    }
}
