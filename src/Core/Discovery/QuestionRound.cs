using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>One call of <see cref="AgentFinder.AskAsync"/>: the answers that came so far, and the wait for more.</summary>
internal sealed class QuestionRound
{
    // Agents with another clock than ours that are asked again; more would be a game somebody plays with us.
    private const int MostRepeats = 64;

    private readonly TimeProvider _time;
    private readonly AnswerWindow _window;
    private readonly long _start;
    private readonly Dictionary<Guid, Offer> _offers = [];
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _repeats;

    public QuestionRound(TimeProvider time, AnswerWindow window)
    {
        _time = time;
        _window = window;
        _start = time.GetTimestamp();
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>What comes now is too late for it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Another machine answered the shout.</summary>
    public bool ShoutWasAnswered { get; private set; }

    /// <summary>Agents known from earlier that did not answer the shout.</summary>
    public IReadOnlyCollection<Guid> Missing => _window.Missing;

    public IReadOnlyList<Offer> Offers => [.. _offers.Values];

    public void Await(Asked asked)
    {
        asked.IsAwaited = true;
        _window.DirectAdded();
    }

    public void Done(Asked asked)
    {
        if (!asked.IsDone && asked.IsAwaited)
        {
            _window.DirectDone();
        }

        asked.IsDone = true;
        CheckOver();
    }

    /// <summary>Whether one more question may be sent again with another clock.</summary>
    public bool MayRepeat() => _repeats++ < MostRepeats;

    /// <param name="isNeighbour">Another machine's agent answered the shout.</param>
    public void Add(Offer offer, bool isNeighbour)
    {
        _offers[offer.AgentId] = _offers.TryGetValue(offer.AgentId, out Offer? earlier) ? Merge(earlier, offer) : offer;
        if (isNeighbour)
        {
            ShoutWasAnswered = true;
            _window.ShoutAnswered(offer.AgentId, Elapsed);
        }

        CheckOver();
    }

    /// <summary>Something of this process that was to run at a time runs now: so late are answers noticed, too.</summary>
    public void WokeUp(TimeSpan planned) => _window.Late(Elapsed - planned);

    /// <summary>Returns when the window has closed; the caller then takes the offers under its lock.</summary>
    /// <param name="gate">What guards this round's state.</param>
    public async Task WaitAsync(object gate, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (!_over.Task.IsCompleted)
        {
            TimeSpan elapsed, left;
            lock (gate)
            {
                elapsed = Elapsed;
                left = _window.Left(elapsed);
            }

            if (left <= TimeSpan.Zero)
            {
                break;
            }

            await Task.WhenAny(_over.Task, Compatibility.TimeProviderDelay.DelayAsync(_time, left, over.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            lock (gate)
            {
                WokeUp(elapsed + left);
            }
        }

        over.Cancel();
    }

    private static Offer Merge(Offer earlier, Offer later)
    {
        Dictionary<ulong, Holding> holdings = earlier.Holdings.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (KeyValuePair<ulong, Holding> holding in later.Holdings)
        {
            holdings[holding.Key] = holding.Value;
        }

        return later with
        {
            // The way inside the machine is the shortest.
            EndPoint = IPAddress.IsLoopback(later.EndPoint.Address) ? later.EndPoint : earlier.EndPoint,
            Toolchains = [.. earlier.Toolchains.Union(later.Toolchains)],
            Holdings = holdings,
        };
    }

    private void CheckOver()
    {
        if (_window.Left(Elapsed) <= TimeSpan.Zero)
        {
            _over.TrySetResult(true);
        }
    }
}
