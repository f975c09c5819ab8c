using DistBuild.Core.Units;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>What a key's home agent says to a claim.</summary>
public abstract record ClaimAnswer
{
    private ClaimAnswer()
    {
    }

    /// <summary>Compile it; everybody else waits.</summary>
    public sealed record Mine(KeyClaim Claim) : ClaimAnswer;

    /// <summary>Somebody else compiles it.</summary>
    /// <param name="OutcomeAsync">What comes of that: any of the other answers; to be asked for once. Cancelling gives up the place among those who wait.</param>
    public sealed record Taken(Func<CancellationToken, Task<ClaimAnswer>> OutcomeAsync) : ClaimAnswer;

    /// <summary>Here it is.</summary>
    public sealed record Made(CompiledResult Result) : ClaimAnswer;

    /// <summary>The agent could not say: compile it, as others may do too.</summary>
    public sealed record Unclaimed : ClaimAnswer;

    /// <summary>Another agent has it.</summary>
    public sealed record Elsewhere(Guid Agent) : ClaimAnswer;
}

/// <summary>The right to compile a key while everybody else who wants it waits; disposing it unsettled passes it on to the next of them.</summary>
public sealed class KeyClaim : IAsyncDisposable
{
    private readonly AgentConnection _connection;
    private readonly ClientStream _stream;
    private int _over;

    internal KeyClaim(AgentConnection connection, ClientStream stream) => (_connection, _stream) = (connection, stream);

    /// <summary>The agent that keeps the claim.</summary>
    public AgentConnection Home => _connection;

    /// <summary>Says that the key was compiled.</summary>
    /// <param name="agent">Who has the result; empty when only this client has it.</param>
    /// <returns>Whether the home agent should be offered the result.</returns>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public async Task<bool> SettleAsync(Guid agent, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
        {
            return false;
        }

        Task sending = _connection.SendAsync(_stream, new Settle(agent));
        StreamAnswer answer = await _connection.WaitAsync(_stream, _stream.Answer, sending, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Lost: { } lost } => throw AgentLostException.Because(_connection.Offer, lost.Text),
            { Message: Settled settled } => settled.IsWanted,
            _ => throw _connection.Break(answer.Message!),
        };
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _over, 1) == 0)
        {
            _connection.GiveUp(_stream, Task.CompletedTask, Signal.Cancel);
        }

        return default;
    }
}
