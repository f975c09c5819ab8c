namespace DistBuild.Core.Tests.Wire;

/// <summary>A clock that stands still until the test lets time pass; safe for the threads that wait by it.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SteppedTimer> _timers = [];
    private TimeSpan _now;

    public TimeSpan Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SteppedTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes from one thing that is waited for to the next until a task has ended; everybody who was woken waits again, or has ended the task, before time goes on.</summary>
    /// <param name="sleepers">How many wait at the same time.</param>
    /// <returns>How much time has passed.</returns>
    public async Task<TimeSpan> PassUntilAsync(Task task, int sleepers)
    {
        TimeSpan start = Now;
        while (true)
        {
            while (Count < sleepers && !task.IsCompleted)
            {
                await Task.Delay(1);
            }

            if (task.IsCompleted)
            {
                return Now - start;
            }

            FireNext();
        }
    }

    private int Count
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    private void FireNext()
    {
        SteppedTimer next;
        lock (_gate)
        {
            next = _timers.MinBy(timer => timer.Due)!;
            _timers.Remove(next);
            _now = next.Due;
        }

        next.Fire();
    }

    private sealed class SteppedTimer(SteppedTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time._now + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
