using DistBuild.Agent.Requests;

namespace DistBuild.Agent.Execution;

/// <summary>
/// The compile slots of this machine, as many as are allowed now. When more is asked for, clients take turns: one with a thousand units waiting delays another's first by at most one unit.
/// A slot held longer than any compile may last is taken back, so that a lost client cannot shrink the machine for good.
/// </summary>
internal sealed class SlotPool : ISlotPool
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _longestLease;
    private readonly TimeProvider _time;

    /// <summary>The clients that wait, next in turn first, each with its requests in order.</summary>
    private readonly LinkedList<(string Client, LinkedList<Waiter> Requests)> _turns = new();
    private int _allowed;
    private int _held;
    private int _queue;

    /// <param name="longestLease">Longer than the time limit of a compile.</param>
    public SlotPool(int slots, TimeSpan longestLease, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        Slots = _allowed = slots;
        _longestLease = longestLease;
        _time = time;
    }

    public int Slots { get; }

    public int Allowed => Volatile.Read(ref _allowed);

    public int Free => Math.Max(0, Volatile.Read(ref _allowed) - Volatile.Read(ref _held));

    /// <summary>Granted and not given back.</summary>
    public int Held => Volatile.Read(ref _held);

    public int Queue => Volatile.Read(ref _queue);

    public Task<IDisposable> AcquireAsync(string client, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<IDisposable>(cancellationToken);
        }

        Waiter waiter = new(client);
        lock (_lock)
        {
            if (_allowed == 0)
            {
                return Task.FromException<IDisposable>(new NoSlotsException());
            }

            if (_held < _allowed)
            {
                _held++;
                return Task.FromResult<IDisposable>(new Lease(this));
            }

            Enqueue(waiter);
        }

        // Outside the lock: a token that is cancelled by now calls back at once.
        waiter.Cancellation = cancellationToken.Register(() => Abandon(waiter, cancellationToken));
        return waiter.Granted.Task;
    }

    /// <summary>Lends more or fewer slots from now on. Those that are held stay; when none is lent any more, whoever waits is sent away.</summary>
    public void Allow(int slots)
    {
        List<Waiter> granted = [], sentAway = [];
        lock (_lock)
        {
            _allowed = Math.Clamp(slots, 0, Slots);
            while (_allowed == 0 && TakeNext() is { } waiter)
            {
                sentAway.Add(waiter);
            }

            while (_held < _allowed && TakeNext() is { } waiter)
            {
                _held++;
                granted.Add(waiter);
            }
        }

        granted.ForEach(Grant);
        foreach (Waiter waiter in sentAway)
        {
            waiter.Cancellation.Dispose();
            waiter.Granted.TrySetException(new NoSlotsException());
        }
    }

    private void Enqueue(Waiter waiter)
    {
        _queue++;
        foreach ((string client, LinkedList<Waiter> requests) in _turns)
        {
            if (client == waiter.Client)
            {
                requests.AddLast(waiter);
                return;
            }
        }

        _turns.AddLast((waiter.Client, new LinkedList<Waiter>([waiter])));
    }

    private void Abandon(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            for (LinkedListNode<(string Client, LinkedList<Waiter> Requests)>? turn = _turns.First; turn is not null; turn = turn.Next)
            {
                if (turn.Value.Client == waiter.Client && turn.Value.Requests.Remove(waiter))
                {
                    _queue--;
                    if (turn.Value.Requests.Count == 0)
                    {
                        _turns.Remove(turn);
                    }

                    break;
                }
            }
        }

        // Too late when the slot was granted meanwhile; then the caller has it and gives it back.
        waiter.Granted.TrySetCanceled(cancellationToken);
    }

    private void Release()
    {
        Waiter? next;
        lock (_lock)
        {
            next = _held <= _allowed ? TakeNext() : null;
            if (next is null)
            {
                _held--;
                return;
            }
        }

        Grant(next);
    }

    private Waiter? TakeNext()
    {
        if (_turns.First is not { } turn)
        {
            return null;
        }

        Waiter next = turn.Value.Requests.First!.Value;
        turn.Value.Requests.RemoveFirst();
        _queue--;
        _turns.Remove(turn);
        if (turn.Value.Requests.Count > 0)
        {
            _turns.AddLast(turn);
        }

        return next;
    }

    /// <summary>Hands over a slot that counts as held already.</summary>
    private void Grant(Waiter next)
    {
        Lease lease = new(this);
        next.Cancellation.Dispose();
        if (!next.Granted.TrySetResult(lease))
        {
            lease.Dispose();
        }
    }

    private sealed class Waiter(string client)
    {
        public string Client { get; } = client;

        public TaskCompletionSource<IDisposable> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenRegistration Cancellation { get; set; }
    }

    private sealed class Lease : IDisposable
    {
        private readonly ITimer _expiry;
        private SlotPool? _pool;

        public Lease(SlotPool pool)
        {
            _pool = pool;
            _expiry = pool._time.CreateTimer(lease => ((Lease)lease!).Dispose(), this, pool._longestLease, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _pool, null) is { } pool)
            {
                _expiry.Dispose();
                pool.Release();
            }
        }
    }
}
