using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Requests;

/// <summary>
/// Which keys are being compiled somewhere on the network, as far as this agent is their home: the first who claims a key compiles it, the others wait for
/// what becomes of it. Also remembers, for the newest keys, which agent has the result.
/// </summary>
/// <param name="uploadPatience">How long a result that only its client has is waited for before the claim goes to the next.</param>
internal sealed class ClaimTable(Guid own, TimeSpan uploadPatience, TimeProvider time)
{
    /// <summary>Keys whose holder is remembered: some megabytes, and the compiles of a busy day.</summary>
    private const int Remembered = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, ClaimedKey> _claims = [];
    private readonly Dictionary<ulong, int> _fingerprints = [];
    private readonly Dictionary<Digest, LinkedListNode<(Digest Key, Guid Agent)>> _made = [];
    private readonly LinkedList<(Digest Key, Guid Agent)> _newest = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _claims.Count;
            }
        }
    }

    /// <summary>Whether a key of this fingerprint is claimed now, or made by an agent that is remembered.</summary>
    public bool Knows(ulong fingerprint)
    {
        lock (_gate)
        {
            return _fingerprints.ContainsKey(fingerprint);
        }
    }

    /// <summary>Joins those who want a key; to be left by disposing the place.</summary>
    /// <param name="retry">Whoever was named before does not have it.</param>
    public ClaimPlace Enter(Digest key, bool retry)
    {
        lock (_gate)
        {
            ClaimPlace place = new(this, key);
            if (retry)
            {
                Forget(key);
            }

            if (_made.TryGetValue(key, out LinkedListNode<(Digest Key, Guid Agent)>? made))
            {
                place.End(new ClaimTurn(false, made.Value.Agent));
            }
            else if (_claims.TryGetValue(key, out ClaimedKey? claim))
            {
                claim.Waiting.AddLast(place);
            }
            else
            {
                _claims.Add(key, new ClaimedKey { Holder = place });
                Refer(key, +1);
                place.End(ClaimTurn.Mine);
            }

            return place;
        }
    }

    /// <summary>A result that was waited for is in this agent's store now.</summary>
    public void Kept(Digest key)
    {
        lock (_gate)
        {
            if (_claims.TryGetValue(key, out ClaimedKey? claim) && claim.Holder is null)
            {
                Finish(key, claim, own);
            }
        }
    }

    /// <summary>The holder's compile succeeded.</summary>
    /// <param name="agent">Who keeps the result; empty when only the client has it.</param>
    /// <returns>Whether the result is wanted here.</returns>
    internal bool Settle(ClaimPlace place, Guid agent)
    {
        lock (_gate)
        {
            if (!_claims.TryGetValue(place.Key, out ClaimedKey? claim))
            {
                return false;
            }

            if (agent != Guid.Empty)
            {
                // From one that was given up meanwhile it is as good: nobody has to wait for the next one's.
                Remember(place.Key, agent);
                Finish(place.Key, claim, agent);
                return false;
            }

            if (claim.Holder != place)
            {
                return false;
            }

            if (claim.Waiting.Count == 0)
            {
                RemoveClaim(place.Key);
                return false;
            }

            claim.Holder = null;
            claim.Upload = time.CreateTimer(_ => GiveUpUpload(place.Key, claim), null, uploadPatience, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>The holder gives no signs of life: if others wait, the next of them compiles.</summary>
    internal void PassOn(ClaimPlace place)
    {
        lock (_gate)
        {
            if (_claims.TryGetValue(place.Key, out ClaimedKey? claim) && claim.Holder == place && claim.Waiting.Count > 0)
            {
                PassOn(place.Key, claim);
            }
        }
    }

    internal void Leave(ClaimPlace place)
    {
        lock (_gate)
        {
            if (!_claims.TryGetValue(place.Key, out ClaimedKey? claim))
            {
                return;
            }

            if (claim.Holder == place)
            {
                PassOn(place.Key, claim);
            }
            else
            {
                claim.Waiting.Remove(place);
            }
        }
    }

    private void GiveUpUpload(Digest key, ClaimedKey claim)
    {
        lock (_gate)
        {
            if (_claims.GetValueOrDefault(key) == claim && claim.Holder is null)
            {
                PassOn(key, claim);
            }
        }
    }

    private void PassOn(Digest key, ClaimedKey claim)
    {
        claim.Upload?.Dispose();
        claim.Upload = null;
        if (claim.Waiting.First is not { } next)
        {
            RemoveClaim(key);
            return;
        }

        claim.Waiting.RemoveFirst();
        claim.Holder = next.Value;
        next.Value.End(ClaimTurn.Mine);
    }

    private void Finish(Digest key, ClaimedKey claim, Guid agent)
    {
        claim.Upload?.Dispose();
        RemoveClaim(key);
        foreach (ClaimPlace waiting in claim.Waiting)
        {
            waiting.End(new ClaimTurn(false, agent));
        }
    }

    private void Remember(Digest key, Guid agent)
    {
        Forget(key);
        if (agent == own)
        {
            // The store remembers that, and knows when it is gone.
            return;
        }

        _made[key] = _newest.AddFirst((key, agent));
        Refer(key, +1);
        if (_newest.Count > Remembered)
        {
            Forget(_newest.Last!.Value.Key);
        }
    }

    private void Forget(Digest key)
    {
        if (_made.Remove(key, out LinkedListNode<(Digest Key, Guid Agent)>? node))
        {
            _newest.Remove(node);
            Refer(key, -1);
        }
    }

    private void RemoveClaim(Digest key)
    {
        if (_claims.Remove(key))
        {
            Refer(key, -1);
        }
    }

    private void Refer(Digest key, int change)
    {
        int count = _fingerprints.GetValueOrDefault(key.Fingerprint) + change;
        if (count > 0)
        {
            _fingerprints[key.Fingerprint] = count;
        }
        else
        {
            _fingerprints.Remove(key.Fingerprint);
        }
    }

    private sealed class ClaimedKey
    {
        /// <summary>Null while the result is on its way here from the client that has it.</summary>
        public ClaimPlace? Holder { get; set; }

        public LinkedList<ClaimPlace> Waiting { get; } = new();

        public ITimer? Upload { get; set; }
    }
}

/// <summary>How the wait for a claim ended.</summary>
/// <param name="IsMine">Nobody has the result: compile it.</param>
/// <param name="Agent">Otherwise who has it.</param>
internal readonly record struct ClaimTurn(bool IsMine, Guid Agent)
{
    public static ClaimTurn Mine { get; } = new(true, Guid.Empty);
}

/// <summary>One client's place among those who want a key.</summary>
internal sealed class ClaimPlace(ClaimTable table, Digest key) : IDisposable
{
    private readonly TaskCompletionSource<ClaimTurn> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Digest Key { get; } = key;

    internal ClaimTable Table => table;

    public Task<ClaimTurn> Turn => _turn.Task;

    /// <inheritdoc cref="ClaimTable.Settle"/>
    public bool Settle(Guid agent) => table.Settle(this, agent);

    /// <inheritdoc cref="ClaimTable.PassOn(ClaimPlace)"/>
    public void PassOn() => table.PassOn(this);

    /// <summary>Leaves; a claim that was not settled goes to the next.</summary>
    public void Dispose() => table.Leave(this);

    internal void End(ClaimTurn turn) => _turn.TrySetResult(turn);
}
