namespace DistBuild.Core.Placement;

/// <summary>What an agent did wrong since it last delivered something.</summary>
/// <param name="Failures">In a row.</param>
/// <param name="Until">When it may be used again.</param>
public sealed record AgentFailures(Guid Agent, int Failures, DateTimeOffset Until);

/// <summary>
/// Leaves agents that failed alone: for 10 s after the first failure, twice as long after each further one, until they deliver something. So one that breaks, or one that answers every question
/// and never delivers, costs a network little, and one that was only restarted is soon back. Holds no lock; the caller serialises.
/// </summary>
public sealed class BackOff
{
    /// <summary>A restart takes less; whoever builds twice in a row does not meet the same fault twice.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Somebody who repaired an agent should not have to wait longer for it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>In a row, after which results that come too late are a failure: one or two may be the units' own fault.</summary>
    public const int MostLate = 3;

    /// <summary>After the time until which an agent was left alone, its failures are as good as forgotten.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly Dictionary<Guid, AgentFailures> _failed = [];
    private readonly Dictionary<Guid, int> _late = [];

    /// <param name="remembered">From earlier builds.</param>
    public BackOff(TimeProvider time, IEnumerable<AgentFailures> remembered)
    {
        _time = time;
        DateTimeOffset now = time.GetUtcNow();
        foreach (AgentFailures one in remembered)
        {
            // An end farther away than any there can be was written by another clock.
            if (one.Until + Remembered > now && one.Until <= now + Longest)
            {
                _failed[one.Agent] = one;
            }
        }
    }

    /// <summary>What is worth remembering for the next build.</summary>
    public IReadOnlyCollection<AgentFailures> Failed => _failed.Values;

    public bool MayUse(Guid agent) => !_failed.TryGetValue(agent, out AgentFailures? failed) || failed.Until <= _time.GetUtcNow();

    /// <summary>The agent was lost, or did not do what it had promised.</summary>
    public void Fail(Guid agent)
    {
        int failures = _failed.TryGetValue(agent, out AgentFailures? before) ? Math.Min(before.Failures + 1, 32) : 1;
        double seconds = Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Longest.TotalSeconds);
        _failed[agent] = new AgentFailures(agent, failures, _time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        _late.Remove(agent);
    }

    /// <summary>A unit that the agent had was done sooner by somebody else, or the agent gave it back.</summary>
    /// <returns>Whether that happened so often in a row that it counts as a failure.</returns>
    public bool Disappoint(Guid agent)
    {
        _late.TryGetValue(agent, out int late);
        _late[agent] = late + 1;
        return late + 1 >= MostLate;
    }

    /// <summary>The agent delivered a result.</summary>
    /// <returns>Whether something was held against it until now.</returns>
    public bool Deliver(Guid agent)
    {
        _late.Remove(agent);
        return _failed.Remove(agent);
    }
}
