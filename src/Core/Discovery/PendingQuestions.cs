using System.Security.Cryptography;

namespace DistBuild.Core.Discovery;

/// <summary>
/// The nonces of transmissions whose answers are still believed, for two seconds at least and four at most: an answer too late for its own round
/// still tells the next one whom to wait for.
/// </summary>
internal sealed class PendingQuestions(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly byte[] _bytes = new byte[sizeof(ulong)];
    private Dictionary<ulong, Asked> _current = [], _previous = [];
    private long _currentSince = time.GetTimestamp();

    /// <summary>The nonce for one transmission.</summary>
    public ulong Add(Asked asked)
    {
        _random.GetBytes(_bytes);
        ulong nonce = BitConverter.ToUInt64(_bytes, 0);
        _current[nonce] = asked;
        return nonce;
    }

    public Asked? Find(ulong nonce) => _current.TryGetValue(nonce, out Asked? asked) || _previous.TryGetValue(nonce, out asked) ? asked : null;

    /// <summary>What was sent through one connected socket.</summary>
    public IReadOnlyList<Asked> Through(DatagramSocket socket) => [.. _current.Values.Where(asked => asked.To?.Socket == socket)];

    public void NextRound()
    {
        TimeSpan age = time.GetElapsedTime(_currentSince);
        if (age > Lifetime)
        {
            _previous = age > Lifetime + Lifetime ? [] : _current;
            (_current, _currentSince) = ([], time.GetTimestamp());
        }
    }

    public void Dispose() => _random.Dispose();
}
