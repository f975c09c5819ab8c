using System.Collections.Concurrent;

namespace DistBuild.Core.Tests.Discovery;

/// <summary>The real time, or later, with a list of what was waited for.</summary>
internal sealed class RecordingTime : TimeProvider
{
    public ConcurrentBag<TimeSpan> Delays { get; } = [];

    public TimeSpan Later { get; set; }

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Delays.Add(dueTime);
        return new RecordingTimer(base.CreateTimer(callback, state, dueTime, period), Delays);
    }

    /// <summary>.NET Framework's delays set a timer only after they have made it.</summary>
    private sealed class RecordingTimer(ITimer timer, ConcurrentBag<TimeSpan> delays) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            delays.Add(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
