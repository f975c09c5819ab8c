using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Requests;

/// <summary>Compiles preprocessed texts with the compilers of this machine. It is called once per key at a time, and only while a slot is held.</summary>
internal interface ICompileService
{
    /// <summary>What this agent compiles with; clients choose out of this list by digest and by nothing else.</summary>
    IReadOnlyList<Toolchain> Toolchains { get; }

    /// <summary>Offers a toolchain no more: it does not compile.</summary>
    void Withdraw(Toolchain toolchain);

    /// <summary>
    /// Compiles one text. A compiler that says no is a result with its exit code; an agent that could not run it to its end (limits, full disk) is a result
    /// without exit code and with the reason as <see cref="RemoteCompileResult.Errors"/>.
    /// </summary>
    /// <param name="toolchain">The digest of one of <see cref="Toolchains"/>.</param>
    /// <param name="job">Passed by the family's <see cref="ICompilerFamily.Refuse"/> already.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the compiler and its children are gone.</exception>
    Task<RemoteCompileResult> CompileAsync(Digest toolchain, RemoteJob job, ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
