using DistBuild.Core.Compilers;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Client;

/// <summary>
/// One unit on its way elsewhere: compiled by an agent, fetched, or awaited from whoever compiles it. A slot here may join when that takes too long; then exactly one of the two ends the unit,
/// and the other is cancelled.
/// </summary>
internal sealed class ElsewhereRun
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _cancelThere, _cancelHere;
    private bool _isThere = true, _isHere;
    private Side _winner;

    /// <param name="where">Who has it, for people.</param>
    /// <param name="expected">How long it should take there.</param>
    /// <param name="here">How long it would take here.</param>
    /// <param name="started">A timestamp of the clock that it is watched by.</param>
    public ElsewhereRun(UnitWork work, string where, TimeSpan expected, TimeSpan here, long started, CancellationToken cancellationToken)
    {
        (Work, Where, Expected, IfHere, Started) = (work, where, expected, here, started);
        _cancelThere = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancelHere = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancelThere.CancelAfter(StragglerRace.GivenUpAfter(expected));
        (There, Here) = (_cancelThere.Token, _cancelHere.Token);
    }

    private enum Side
    {
        Nobody,
        There,
        Here,
    }

    public UnitWork Work { get; }

    public string Where { get; }

    public TimeSpan Expected { get; }

    public TimeSpan IfHere { get; }

    public long Started { get; }

    /// <summary>Ends the way elsewhere: the slot here was first, or it took so long that nothing is to be hoped for any more.</summary>
    public CancellationToken There { get; }

    /// <summary>Ends the compile here.</summary>
    public CancellationToken Here { get; }

    /// <summary>The slot here was first.</summary>
    public bool IsWonHere
    {
        get
        {
            lock (_gate)
            {
                return _winner == Side.Here;
            }
        }
    }

    /// <summary>
    /// A slot here joins; false when another has, or there is nothing to race any more. Two that write an object in one place cannot race for it: where compilers make objects in their
    /// place, a slot here waits until the other way is given up.
    /// </summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            bool may = Work.Toolchain?.Family is not ICompileReports && _isThere && !_isHere && _winner == Side.Nobody;
            _isHere |= may;
            return may;
        }
    }

    /// <summary>The result is there from elsewhere; false when the slot here was first.</summary>
    public bool TryWinThere() => TryWin(Side.There, _cancelHere);

    /// <summary>The compiler here has ended; false when the other way was first.</summary>
    public bool TryWinHere() => TryWin(Side.Here, _cancelThere);

    /// <summary>The way elsewhere is over; to be said once.</summary>
    /// <returns>Whether the unit, if it has no result, is to be given to somebody again: no slot here has it.</returns>
    public bool EndThere()
    {
        lock (_gate)
        {
            _isThere = false;
            bool isOurs = _winner == Side.There || (_winner == Side.Nobody && !_isHere);
            DisposeAtEnd();
            return isOurs;
        }
    }

    /// <summary>The slot here is done with it; to be said once by whoever joined.</summary>
    /// <returns>Whether the unit, if it has no result, ends here: nobody else has it.</returns>
    public bool EndHere()
    {
        lock (_gate)
        {
            _isHere = false;
            bool isOurs = _winner == Side.Here || (_winner == Side.Nobody && !_isThere);
            DisposeAtEnd();
            return isOurs;
        }
    }

    private bool TryWin(Side side, CancellationTokenSource loser)
    {
        lock (_gate)
        {
            if (_winner != Side.Nobody)
            {
                return false;
            }

            _winner = side;
        }

        // The winner has not ended yet, so this is not disposed.
        loser.Cancel();
        return true;
    }

    private void DisposeAtEnd()
    {
        if (!_isThere && !_isHere)
        {
            _cancelThere.Dispose();
            _cancelHere.Dispose();
        }
    }
}
