using System.Diagnostics.CodeAnalysis;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>
/// Where the units of one batch are: waiting to be keyed, waiting to be preprocessed, waiting for any slot, waiting for a slot here, or finished. Workers here and at agents take from it;
/// nobody pushes work to anybody, so nobody idles while work waits.
/// </summary>
/// <param name="times">How long units will take; null gives none of them precedence.</param>
internal sealed class Batch(IReadOnlyCollection<UnitWork> units, int total, UnitTimes? times)
{
    /// <summary>Preprocessed text waiting to be sent, bytes: enough to keep dozens of agent slots busy, and far from a build machine's memory.</summary>
    private const long MaxHeldText = 192L << 20;

    private readonly object _gate = new();
    private readonly Queue<UnitWork> _unkeyed = new(units);
    private readonly HeaviestFirst<UnitWork> _unprepared = new(), _localOnly = new();
    private readonly WorkQueue<UnitWork, Digest> _ready = new();
    private readonly Pulse _pulse = new();
    private int _remaining = total;
    private int _preparing;
    private int _agentSlots;
    private long _heldText;
    private TimeSpan _waiting;

    /// <summary>Whether some agent's slot may take units of this toolchain; asked under this batch's lock.</summary>
    public Func<Digest, bool> IsServedElsewhere { get; set; } = static _ => false;

    /// <summary>What a slot here leaves to faster ones elsewhere, by the units' toolchain and the time that those that wait take; asked under this batch's lock. Null leaves nothing.</summary>
    public Func<Digest, TimeSpan, SlowSlot?> ChooseHere { get; set; } = static (_, _) => null;

    /// <summary>Completes at the next change of anything here. Take it before looking.</summary>
    public Task Changed => _pulse.Next;

    public bool IsDone => Remaining == 0;

    /// <summary>Units that have not reached their end.</summary>
    public int Remaining => Volatile.Read(ref _remaining);

    /// <summary>Whether no more units will turn out to be missing for now: the next question can go out.</summary>
    public bool NothingToPrepare
    {
        get
        {
            lock (_gate)
            {
                return _unkeyed.Count + _unprepared.Count + _preparing == 0;
            }
        }
    }

    public void Beat() => _pulse.Beat();

    /// <summary>What a worker on this machine should do now.</summary>
    /// <param name="mayCompile">Whether cacheable units are compiled here although agents could.</param>
    public LocalStep NextHere(bool mayCompile, out UnitWork? work)
    {
        lock (_gate)
        {
            work = null;
            if (_remaining == 0)
            {
                return LocalStep.Leave;
            }

            // First all that needs no process: it may be here, or elsewhere, and the questions about it go out together.
            if (_unkeyed.Count > 0)
            {
                _preparing++;
                work = _unkeyed.Dequeue();
                return LocalStep.Prepare;
            }

            bool roomForText = _heldText < MaxHeldText || _ready.Count == 0;
            bool feedAgents = _agentSlots > 0 && _ready.Count < 2 * _agentSlots;
            if (_unprepared.Count > 0 && roomForText && (feedAgents || _ready.Count + _localOnly.Count == 0))
            {
                _preparing++;
                work = _unprepared.Take();
                return LocalStep.Prepare;
            }

            if (_localOnly.Count > 0)
            {
                work = _localOnly.Take();
                return LocalStep.Compile;
            }

            if (!_ready.TryPeek(toolchain => mayCompile || !IsServedElsewhere(toolchain), out Digest need))
            {
                return LocalStep.Wait;
            }

            return TryTake(need, IsServedElsewhere(need) ? ChooseHere(need, _waiting) : null, out work) ? LocalStep.Compile : LocalStep.Hold;
        }
    }

    /// <summary>The toolchain of the heaviest unit an agent with these toolchains could compile now.</summary>
    public bool TryPeek(Func<Digest, bool> has, out Digest toolchain)
    {
        lock (_gate)
        {
            return _ready.TryPeek(has, out toolchain);
        }
    }

    /// <summary>Whether any unit of this toolchain is for a slot.</summary>
    /// <param name="choose">See <see cref="ChooseHere"/>.</param>
    public bool AnyFor(Digest toolchain, Func<Digest, TimeSpan, SlowSlot?> choose)
    {
        lock (_gate)
        {
            SlowSlot? slot = choose(toolchain, _waiting);
            return _ready.Any(toolchain, work => IsFor(slot, work));
        }
    }

    /// <param name="choose">See <see cref="ChooseHere"/>.</param>
    public bool TryTakeForAgent(Digest toolchain, Func<Digest, TimeSpan, SlowSlot?> choose, [NotNullWhen(true)] out UnitWork? work)
    {
        lock (_gate)
        {
            return TryTake(toolchain, choose(toolchain, _waiting), out work);
        }
    }

    /// <summary>Ends the preparation of a unit: from now on its text counts as held.</summary>
    public void Prepared(UnitWork work)
    {
        lock (_gate)
        {
            _preparing--;
            _heldText += work.Prepared?.Text.Length ?? 0;
        }

        Beat();
    }

    /// <summary>Nobody has the unit's result: it is preprocessed for whoever compiles it, if that was not done before.</summary>
    public void NotFound(UnitWork work)
    {
        if (work.Prepared is { IsPreprocessed: false } && !work.LocalOnly)
        {
            Again(work);
        }
        else
        {
            Ready(work);
        }
    }

    /// <summary>More is known, or nothing more will be: the unit is prepared again.</summary>
    public void Again(UnitWork work)
    {
        lock (_gate)
        {
            _unprepared.Add(work, Weight(work));
        }

        Beat();
    }

    /// <summary>Somebody may help after all: what was left to the compiler here because nobody answered is prepared again, and asked for.</summary>
    public void Reconsider()
    {
        lock (_gate)
        {
            List<UnitWork> waiting = [];
            while (_localOnly.Count > 0)
            {
                waiting.Add(_localOnly.Take());
            }

            foreach (UnitWork work in waiting)
            {
                bool mayGo = work is { LocalOnly: false, Audit: null, Claim: null, Prepared: { Job: null, IsPreprocessed: false }, ManifestSought: false, SoughtKey: null };
                (mayGo ? _unprepared : _localOnly).Add(work, Weight(work));
            }
        }

        Beat();
    }

    /// <summary>The unit must be compiled, here or by an agent that has its toolchain.</summary>
    public void Ready(UnitWork work)
    {
        lock (_gate)
        {
            if (work.Prepared is { Job: not null } prepared && !work.LocalOnly)
            {
                work.Expected = times?.Expect(work.Unit.Object, prepared.Text.Length) ?? TimeSpan.Zero;
                _waiting += work.Expected;
                _ready.Add(work, prepared.Toolchain.Digest, Weight(work));
            }
            else
            {
                _localOnly.Add(work, Weight(work));
            }
        }

        Beat();
    }

    /// <summary>Slots came or went at agents.</summary>
    public void AgentSlots(int change)
    {
        lock (_gate)
        {
            _agentSlots += change;
        }

        Beat();
    }

    /// <summary>The unit has reached its end; its text is let go.</summary>
    public void Finished(UnitWork work)
    {
        lock (_gate)
        {
            _remaining--;
            _heldText -= work.Prepared?.Text.Length ?? 0;
        }

        Beat();
    }

    private bool TryTake(Digest toolchain, SlowSlot? slot, [NotNullWhen(true)] out UnitWork? work)
    {
        bool isTaken = _ready.TryTake(toolchain, one => IsFor(slot, one), out work!);
        _waiting -= isTaken ? work.Expected : TimeSpan.Zero;
        return isTaken;
    }

    // What others wait for is left to nobody.
    private static bool IsFor(SlowSlot? slot, UnitWork work) => slot is null || work.Claim is not null || slot.Takes(work.Expected);

    /// <summary>What others wait for comes first, then what takes longest.</summary>
    private long Weight(UnitWork work) =>
        work.Claim is not null ? long.MaxValue : times?.Expect(work.Unit.Object, work.Prepared?.Text.Length ?? 0).Ticks ?? 0;
}

internal enum LocalStep
{
    Prepare,
    Compile,
    Wait,

    /// <summary>What waits is left to faster slots elsewhere, for now.</summary>
    Hold,
    Leave,
}
