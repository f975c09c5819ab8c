using System.Net;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Requests;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;

namespace DistBuild.Simulator;

/// <summary>An agent of one slot: the product's slot pool and claim table, and a compiler that only takes time.</summary>
internal sealed class SimulatedAgent
{
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(11), ClaimUpload = TimeSpan.FromSeconds(5);

    private readonly VirtualTime _time;
    private readonly bool _isLiar;
    private readonly TaskCompletionSource _death = new();

    public SimulatedAgent(Guid id, int power, bool isLiar, VirtualTime time)
    {
        (Id, Power, _isLiar, _time) = (id, power, isLiar, time);
        Slots = new SlotPool(1, LongestLease, time);
        Claims = new ClaimTable(id, ClaimUpload, time);
    }

    public Guid Id { get; }

    public int Power { get; }

    public SlotPool Slots { get; }

    public ClaimTable Claims { get; }

    public HashSet<Digest> Store { get; } = [];

    public int Compiles { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>How long its clients need to notice that it is dead: nothing after a reset, the watch's three seconds when it froze.</summary>
    public TimeSpan Silence { get; private set; }

    public void Die(TimeSpan silence)
    {
        (IsDead, Silence) = (true, silence);
        _death.TrySetResult();
    }

    /// <summary>The answer to a question, as the product's agent makes it.</summary>
    public Offer Answer(IReadOnlyList<Digest> keys)
    {
        Dictionary<ulong, Holding> holdings = [];
        foreach (Digest key in keys)
        {
            if (Store.Contains(key))
            {
                holdings[key.Fingerprint] = Holding.Object;
            }
            else if (Claims.Knows(key.Fingerprint))
            {
                holdings[key.Fingerprint] = Holding.Elsewhere;
            }
        }

        return new Offer(
            Id, "agent", new IPEndPoint(IPAddress.Loopback, 1), null, 1, _isLiar ? 1 : Slots.Free, _isLiar ? 0 : Slots.Queue, Power, 0, 1000, [SimulatedUnit.Toolchain], holdings);
    }

    /// <summary>A slot; a liar has one for everybody.</summary>
    public Task<IDisposable> AcquireAsync(string client, CancellationToken cancellationToken) =>
        _isLiar ? Task.FromResult<IDisposable>(new CancellationTokenSource()) : Slots.AcquireAsync(client, cancellationToken);

    /// <exception cref="OperationCanceledException">Cancelled; the compiler is gone.</exception>
    public async Task CompileAsync(SimulatedUnit unit, CancellationToken cancellationToken)
    {
        if (_isLiar)
        {
            await _time.DelayAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        Compiles++;
        await _time.DelayAsync(unit.Work * 100 / Power, cancellationToken);
        Store.Add(unit.Key);
    }

    /// <summary>Something that a client waits for over its connection.</summary>
    /// <exception cref="AgentDiedException">The agent is not there any more, and the client has noticed.</exception>
    public async Task<T> AnswerAsync<T>(Task<T> answer)
    {
        Task<T> here = ThisThreadAsync(answer);
        if (IsDead || await Task.WhenAny(here, _death.Task) == _death.Task)
        {
            await _time.DelayAsync(Silence, CancellationToken.None);
            throw new AgentDiedException();
        }

        return await here;
    }

    // Task.WhenAny would go on elsewhere when the answer's source says that it may not be called back at once.
    private static async Task<T> ThisThreadAsync<T>(Task<T> answer) => await answer;
}

internal sealed class AgentDiedException : Exception;
