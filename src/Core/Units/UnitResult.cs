using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Units;

/// <summary>How a unit came to its object; the names are those of the JSON report, in camelCase.</summary>
public enum UnitOutcome
{
    UpToDate,
    LocalHit,
    AgentHit,
    CompiledOnAgent,
    CompiledLocally,
    NotCacheable,
    Failed,

    /// <summary>Not touched here: the build system's own compile step makes it.</summary>
    LeftToProject,
}

/// <summary>How a unit's key was made.</summary>
public enum KeyMode
{
    Direct,
    Preprocessed,
}

/// <summary>What became of one unit.</summary>
/// <param name="Agent">The agent that had or compiled it, or null.</param>
/// <param name="Reason">Why it was not cacheable, why no result was found, or why the first way failed; null when there is nothing to explain.</param>
/// <param name="Output">What the compiler printed to standard output.</param>
/// <param name="Errors">What the compiler printed to standard error.</param>
public sealed record UnitResult(
    TranslationUnit Unit,
    UnitOutcome Outcome,
    KeyMode? Keyed,
    string? Agent,
    string? Reason,
    TimeSpan Elapsed,
    int ExitCode,
    string Output,
    string Errors)
{
    /// <summary><see cref="Output"/> as it was printed, byte for byte.</summary>
    public ReadOnlyMemory<byte> OutputBytes { get; init; }

    /// <summary><see cref="Errors"/> as they were printed, byte for byte.</summary>
    public ReadOnlyMemory<byte> ErrorBytes { get; init; }

    /// <summary>Files it is made from, as the compiler spells them; empty for what was up to date, and where the compiler did not say.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Why it was not up to date; null when it was.</summary>
    public string? OutOfDate { get; init; }

    /// <summary>The name of its result, or null when it has none.</summary>
    public Digest? Key { get; init; }

    /// <summary>Whether a hit proved to be what the compiler here makes; null for what was not compared.</summary>
    public bool? Verified { get; init; }

    /// <summary>In what its key differs from that of the nearest earlier build; null when none is remembered, or it has no key.</summary>
    public KeyChanges? Changes { get; init; }
}
