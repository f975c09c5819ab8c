using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>
/// One multiplexed connection to an agent. Many requests run at once, each on a stream of its own. Whatever breaks (refused, reset, silent, speaking
/// nonsense) ends every pending request with <see cref="AgentLostException"/>; the caller tries another agent, then this machine.
/// </summary>
public sealed class AgentConnection : IAsyncDisposable
{
    private AgentConnection(Offer offer) => Offer = offer;

    public Offer Offer { get; }

    /// <exception cref="AgentLostException">Unreachable, wrong certificate, wrong cluster key or another protocol version.</exception>
    public static Task<AgentConnection> ConnectAsync(Offer offer, BuildOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The agent's result for a key with its digest checked, or null when it no longer has it.</summary>
    /// <param name="wait">If the agent is compiling it now, wait for that result.</param>
    public Task<CompiledResult?> FetchAsync(Digest key, bool wait, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Waits in the agent's queue until it grants a compile slot for this toolchain; null when it declines.</summary>
    public Task<SlotLease?> LeaseAsync(Digest toolchain, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => default;
}

/// <summary>A compile slot granted by an agent, for one compile, for a short time; disposing it unused gives it back.</summary>
public sealed class SlotLease : IAsyncDisposable
{
    private SlotLease()
    {
    }

    /// <summary>Compiles one preprocessed text on the agent, which keeps a successful result under the key.</summary>
    /// <param name="toolchain">The toolchain the lease was granted for.</param>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    public Task<RemoteCompileResult> CompileAsync(Digest key, Digest toolchain, RemoteJob job, ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask DisposeAsync() => default;
}

/// <summary>What an agent made of a compile.</summary>
/// <param name="Result">The result when the compiler succeeded, else null.</param>
/// <param name="ExitCode">The compiler's, or null when the agent did not run it to its end.</param>
/// <param name="Errors">The compiler's standard error, or the agent's reason for declining.</param>
/// <param name="FromStore">The agent had it already, or another client's compile brought it.</param>
/// <param name="Output">The compiler's standard output.</param>
public sealed record RemoteCompileResult(CompiledResult? Result, int? ExitCode, string Errors, bool FromStore, string Output = "");

/// <summary>An agent that cannot be used any more in this build; the message says what happened.</summary>
public sealed class AgentLostException(string message, Exception? inner = null) : Exception(message, inner);
