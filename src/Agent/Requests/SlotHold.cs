namespace DistBuild.Agent.Requests;

/// <summary>A granted slot until it is given back or handed on, exactly one of the two.</summary>
internal sealed class SlotHold(IDisposable slot) : IDisposable
{
    private IDisposable? _slot = slot;

    /// <summary>Hands the slot on; the caller gives it back.</summary>
    public IDisposable Take() => Interlocked.Exchange(ref _slot, null) ?? throw new InvalidOperationException("The slot was given away before.");

    public void Dispose() => Interlocked.Exchange(ref _slot, null)?.Dispose();
}
