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
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
