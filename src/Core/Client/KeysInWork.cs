using DistBuild.Core.Hashing;

namespace DistBuild.Core.Client;

/// <summary>What this process compiles at the moment, by name: whoever wants the same waits for it instead of compiling it again. Safe for many threads.</summary>
internal sealed class KeysInWork
{
    private readonly Dictionary<Digest, List<Action>> _waiting = [];

    /// <summary>Begins to compile a key.</summary>
    /// <param name="key">Null for what has no name: it waits for nobody, and nobody for it.</param>
    /// <param name="whenFree">Called once, from any thread, when somebody else who compiles it has ended, well or not; only where null is returned.</param>
    /// <returns>To be disposed at the end, when the result is where others find it; null when somebody else compiles it.</returns>
    public IDisposable? TryBegin(Digest? key, Action whenFree)
    {
        lock (_waiting)
        {
            if (key is { } name && _waiting.TryGetValue(name, out List<Action>? others))
            {
                others.Add(whenFree);
                return null;
            }

            if (key is { } begun)
            {
                _waiting.Add(begun, []);
            }

            return new Turn(this, key);
        }
    }

    private void End(Digest? ended)
    {
        if (ended is not { } key)
        {
            return;
        }

        List<Action> others;
        lock (_waiting)
        {
            others = _waiting[key];
            _waiting.Remove(key);
        }

        foreach (Action other in others)
        {
            other();
        }
    }

    private sealed class Turn(KeysInWork keys, Digest? key) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                keys.End(key);
            }
        }
    }
}
