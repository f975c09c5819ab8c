namespace DistBuild.Simulator;

/// <summary>
/// A clock that jumps to the next thing that is to happen. Everything runs on the thread that calls <see cref="Run"/>, one after the other and in an order that depends on nothing else, so the same seed gives the
/// same simulation.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<VirtualTimer, (long Due, long Number)> _timers = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private long _now, _number;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public override DateTimeOffset GetUtcNow() => Start + Now;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("Nothing here ticks.");
        }

        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something later.</summary>
    public void After(TimeSpan delay, Action action) => CreateTimer(static action => ((Action)action!)(), action, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Task.Delay counts in milliseconds, and a network is faster than that.</summary>
    /// <param name="delay">Negative: until cancelled.</param>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        TaskCompletionSource over = new();
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => over.TrySetCanceled(cancellationToken));
        using ITimer timer = CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        await over.Task;
    }

    /// <summary>Runs until this has ended.</summary>
    /// <exception cref="InvalidOperationException">Nothing more can happen, and it has not ended.</exception>
    public T Run<T>(Func<Task<T>> simulation)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new OneThread(this));
        try
        {
            Task<T> running = simulation();
            while (!running.IsCompleted)
            {
                if (_ready.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
                {
                    next.Callback(next.State);
                }
                else if (_timers.TryDequeue(out VirtualTimer? timer, out (long Due, long Number) at))
                {
                    timer.Fire(at);
                }
                else
                {
                    throw new InvalidOperationException("The simulation waits for something that never comes.");
                }
            }

            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class OneThread(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time._ready.Enqueue((d, state));

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private (long Due, long Number)? _at;

        public void Fire((long Due, long Number) at)
        {
            if (_at == at)
            {
                (_at, time._now) = (null, at.Due);
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _at = dueTime < TimeSpan.Zero ? null : (time._now + dueTime.Ticks, time._number++);
            if (_at is { } at)
            {
                time._timers.Enqueue(this, at);
            }

            return true;
        }

        public void Dispose() => _at = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
