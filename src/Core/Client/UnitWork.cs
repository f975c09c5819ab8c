using System.Diagnostics;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>A unit on its way through a batch.</summary>
internal sealed class UnitWork(TranslationUnit unit, Digest command)
{
    private readonly Stopwatch _watch = new();

    public TranslationUnit Unit { get; } = unit;

    /// <summary>What our own record compares to see whether the command changed.</summary>
    public Digest Command { get; } = command;

    /// <summary>When work on it began, UTC, by the clock that also stamps files: an input changed since then may or may not be in the result.</summary>
    public DateTime Started { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What it takes to cache or send it; null while unknown and when it is not cacheable.</summary>
    public PreparedUnit? Prepared { get; set; }

    /// <summary>Why it is not cacheable, or why the first way failed.</summary>
    public string? Reason { get; set; }

    /// <summary>Only the compiler here can still make it.</summary>
    public bool LocalOnly { get; set; }

    public void Begin()
    {
        Started = DateTime.UtcNow;
        _watch.Start();
    }

    /// <summary>Expected effort: the size of the text, where there is one.</summary>
    public long Weight => Prepared?.Text.Length ?? 0;
}

/// <summary>A cacheable unit with what is known of its key, and what an agent would need to compile it.</summary>
/// <param name="Key">Null when only the compile will tell what the unit reads.</param>
internal sealed record PreparedUnit(Toolchain Toolchain, CommandVerdict.Cacheable Verdict, Digest? Key, KeyMode Mode)
{
    /// <summary>Where its manifest is, or null when its header search cannot be known.</summary>
    public DirectKey? Direct { get; init; }

    /// <summary>What to add to the manifest once the result is there; null when it is there already, or must not be.</summary>
    public ManifestEntry? Entry { get; init; }

    /// <summary>Null when the unit may not leave this machine.</summary>
    public RemoteJob? Job { get; init; }

    /// <summary>The preprocessed text; empty when there is nobody to send it to.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The dependency file that the command asks for; null when it asks for none.</summary>
    public ReadOnlyMemory<byte>? Dependencies { get; init; }

    /// <summary>Files the result comes from, as the compiler spells them.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];
}
