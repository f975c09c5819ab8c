namespace DistBuild.Core.Client;

/// <summary>Wakes everybody who waits for a change. Take <see cref="Next"/> before looking at the state, so that no change is missed.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource<bool> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(true);
}
