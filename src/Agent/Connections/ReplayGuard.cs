namespace DistBuild.Agent.Connections;

/// <summary>What to do with a question.</summary>
/// <param name="IsFresh">Answer it.</param>
/// <param name="RightTime">Not null: ask the client to use this time, in milliseconds since 1970.</param>
internal readonly record struct ReplayVerdict(bool IsFresh, long? RightTime);

/// <summary>
/// Lets every question through once: its time must be near this machine's, and its nonce new. Nonces are kept in two generations, so that memory is bounded; when
/// they fill up faster than time passes, times up to the newest one forgotten are no longer accepted, and a client in good faith is told a later one.
/// </summary>
/// <param name="window">How far a time may be off, either way.</param>
/// <param name="capacity">Nonces of one generation.</param>
internal sealed class ReplayGuard(TimeProvider time, TimeSpan window, int capacity = 65_536)
{
    private HashSet<ulong> _current = [], _previous = [];
    private long _newest, _newestOfPrevious, _forgotten;
    private long _currentSince = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>For one caller at a time.</summary>
    public ReplayVerdict Check(ulong nonce, long questionTime)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds(), reach = (long)window.TotalMilliseconds;
        if (questionTime <= _forgotten || questionTime < now - reach || questionTime > now + reach)
        {
            return new ReplayVerdict(false, Math.Max(now, _forgotten + 1));
        }

        if (_previous.Contains(nonce) || !_current.Add(nonce))
        {
            return default;
        }

        _newest = Math.Max(_newest, questionTime);

        // A generation this old has only nonces whose times are out of the window by themselves once it is forgotten.
        if (_current.Count >= capacity || now - _currentSince > 2 * reach)
        {
            (_forgotten, _newestOfPrevious, _newest) = (Math.Max(_forgotten, _newestOfPrevious), _newest, 0);
            (_previous, _current, _currentSince) = (_current, [], now);
        }

        return new ReplayVerdict(true, null);
    }
}
