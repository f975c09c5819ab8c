namespace DistBuild.Core.Client;

/// <summary>Breaks something off that takes no token, when its time is up or a token says so.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="breakOff">Makes the limited operation fail, from any thread.</param>
    public TimeLimit(TimeSpan patience, Action breakOff, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(patience);
        _registration = _source.Token.Register(breakOff);
    }

    public bool IsOver => _source.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
