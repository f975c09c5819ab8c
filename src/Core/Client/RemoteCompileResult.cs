using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>What an agent made of a compile.</summary>
/// <param name="Result">The result when the compiler succeeded, else null.</param>
/// <param name="ExitCode">The compiler's, or null when the agent did not run it to its end.</param>
/// <param name="Errors">The compiler's standard error, or the agent's reason for declining.</param>
/// <param name="FromStore">The agent had it already, or another client's compile brought it.</param>
/// <param name="Output">The compiler's standard output.</param>
public sealed record RemoteCompileResult(CompiledResult? Result, int? ExitCode, string Errors, bool FromStore, string Output = "")
{
    /// <summary>The agent could not do what it had promised, whatever the unit: another one may.</summary>
    public bool IsAgentsFault { get; init; }

    /// <summary>On the agent: also for who asks for the key only, because its words are those of a compile of the source.</summary>
    public bool IsForAll { get; init; }
}
