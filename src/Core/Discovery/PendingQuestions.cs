using System.Security.Cryptography;

namespace DistBuild.Core.Discovery;

/// <summary>The nonces of transmissions whose answers are still believed: those of this round and the one before, for answers that come late.</summary>
internal sealed class PendingQuestions : IDisposable
{
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly byte[] _bytes = new byte[sizeof(ulong)];
    private Dictionary<ulong, Asked> _current = [], _previous = [];

    /// <summary>The nonce for one transmission.</summary>
    public ulong Add(Asked asked)
    {
        _random.GetBytes(_bytes);
        ulong nonce = BitConverter.ToUInt64(_bytes, 0);
        _current[nonce] = asked;
        return nonce;
    }

    public Asked? Find(ulong nonce) => _current.TryGetValue(nonce, out Asked? asked) || _previous.TryGetValue(nonce, out asked) ? asked : null;

    /// <summary>What this round sent through one connected socket.</summary>
    public IReadOnlyList<Asked> Through(DatagramSocket socket) => [.. _current.Values.Where(asked => asked.To?.Socket == socket)];

    public void NextRound()
    {
        _previous = _current;
        _current = [];
    }

    public void Dispose() => _random.Dispose();
}
