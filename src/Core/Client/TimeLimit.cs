namespace DistBuild.Core.Client;

/// <summary>Breaks something off that takes no token, when its time is up or a token says so.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer _timer;

    /// <param name="patience">None left breaks it off at once.</param>
    /// <param name="breakOff">Makes the limited operation fail, from any thread.</param>
    public TimeLimit(TimeSpan patience, TimeProvider time, Action breakOff, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registration = _source.Token.Register(breakOff);
        _timer = time.CreateTimer(static limit => ((TimeLimit)limit!).End(), this, patience > TimeSpan.Zero ? patience : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public bool IsOver => _source.IsCancellationRequested;

    public void Dispose()
    {
        _timer.Dispose();
        _registration.Dispose();
        _source.Dispose();
    }

    private void End()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was over in time, by a hair.
        }
    }
}
