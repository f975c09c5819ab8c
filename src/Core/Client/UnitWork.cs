using System.Diagnostics;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>A unit on its way through a batch.</summary>
internal sealed class UnitWork(TranslationUnit unit, KnownCommand command, string outOfDate)
{
    private readonly Stopwatch _watch = new();
    private KeyClaim? _claim;

    public TranslationUnit Unit { get; } = unit;

    /// <summary>What our own record compares to see whether the command changed.</summary>
    public Digest Command { get; } = command.Identity;

    /// <summary>Why our own record does not hold.</summary>
    public string OutOfDate { get; } = outOfDate;

    /// <summary>Its record, when the object is all that has to be brought back; else null.</summary>
    public UnitRecord? Restorable { get; init; }

    /// <summary>The result that its record names, once it is brought back.</summary>
    public KnownResult? Recalled { get; set; }

    /// <summary>How it was keyed; null when it was not.</summary>
    public KeyMode? Mode => Recalled is null ? Prepared?.Mode : KeyMode.Direct;

    /// <summary>The name of its result; null when it has none.</summary>
    public Digest? Key => Recalled is null ? Prepared?.Key : Recalled.Key;

    /// <summary>
    /// For its next record: the result that these files make as long as nobody touches them. Only where their contents decide it: a preprocessed text may be another one tomorrow.
    /// </summary>
    public KnownResult? KnownResult => Prepared is { Mode: KeyMode.Direct, Key: { } key } && NotKept is null && !IsDoubtful ? new KnownResult(key, command.Surroundings) : null;

    /// <summary>When work on it began, UTC, by the clock that also stamps files: an input changed since then may or may not be in the result.</summary>
    public DateTime Started { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What it takes to cache or send it; null while unknown and when it is not cacheable.</summary>
    public PreparedUnit? Prepared { get; set; }

    /// <summary>The compiler that its command means, also where it is not cacheable; null while unknown.</summary>
    public Toolchain? Toolchain { get; set; }

    /// <summary>What it read, as the compiler spells it; empty while unknown.</summary>
    public IReadOnlyList<string> Inputs { get; set; } = [];

    /// <summary>Why it is not cacheable, or why the first way failed.</summary>
    public string? Reason { get; set; }

    /// <summary>Why no result was found, for a unit that has to be compiled; <see cref="Reason"/> says more where it is set.</summary>
    public string? Miss { get; set; }

    /// <summary>Why what was compiled is not in the store for the next time.</summary>
    public string? NotKept { get; set; }

    /// <summary>A hit that is not believed before it is compiled here and compared.</summary>
    public AuditedHit? Audit { get; set; }

    /// <summary>What was found by its key is not what the compiler here makes.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>How long its compile will take on a typical core, as expected when it began to wait for a slot.</summary>
    public TimeSpan Expected { get; set; }

    /// <summary>How often an agent gave it back although it had promised to compile it.</summary>
    public int Returns { get; set; }

    /// <summary>
    /// What its compile is called while it runs: two units of one name make the same. Null when that is not known, and for one that waited for another before, has others waiting on the network, or is compiled to be compared.
    /// </summary>
    public Digest? NameInWork => HasWaited || Audit is not null || Claim is not null ? null : Prepared?.Key ?? Prepared?.Direct?.Manifest;

    /// <summary>Another unit's compile was waited for: the result is in the store now, or this one is compiled as well.</summary>
    public bool HasWaited { get; private set; }

    /// <summary>Only the compiler here can still make it.</summary>
    public bool LocalOnly { get; set; }

    /// <summary>The network was asked for its manifest.</summary>
    public bool ManifestSought { get; set; }

    /// <summary>The key that the network was asked for.</summary>
    public Digest? SoughtKey { get; set; }

    /// <summary>The right to compile it while others wait for its result.</summary>
    public KeyClaim? Claim
    {
        get => Volatile.Read(ref _claim);
        set => Volatile.Write(ref _claim, value);
    }

    /// <summary>Claims lead nowhere, or led to a result that does not do: it is compiled without.</summary>
    public bool IsUnclaimable { get; set; }

    public UnitWork Waited()
    {
        HasWaited = true;
        return this;
    }

    /// <summary>A phrase for a unit that has to be compiled, or null.</summary>
    /// <param name="isAsked">Whether the network is asked as well.</param>
    public string? WhyMissing(bool isAsked) => Prepared switch
    {
        null => null,
        { Key: null } when !isAsked => "the local store knows no compile of these files with this command and compiler",
        _ when isAsked || SoughtKey is not null => "neither the local store nor an agent has a result of its key",
        _ => "the local store has no result of its key",
    };

    /// <summary>Hands the claim on to whoever settles it.</summary>
    public KeyClaim? TakeClaim()
    {
        IsUnclaimable = true;
        return Interlocked.Exchange(ref _claim, null);
    }

    /// <summary>Starts the clock; what was begun stays begun.</summary>
    public void Begin()
    {
        if (!_watch.IsRunning)
        {
            Started = DateTime.UtcNow;
            _watch.Start();
        }
    }
}

/// <summary>A cacheable unit with what is known of its key, and what an agent would need to compile it.</summary>
/// <param name="Key">Null when only the compile will tell what the unit reads.</param>
internal sealed record PreparedUnit(Toolchain Toolchain, CommandVerdict.Cacheable Verdict, Digest? Key, KeyMode Mode)
{
    /// <summary>Where its manifest is, or null when its header search cannot be known.</summary>
    public DirectKey? Direct { get; init; }

    /// <summary>What to add to the manifest once the result is there.</summary>
    public ManifestEntry? Entry { get; init; }

    /// <summary>The entry is the newest of its manifest here already.</summary>
    public bool IsEntryKept { get; init; }

    /// <summary>Preprocessing it again would bring nothing new.</summary>
    public bool IsPreprocessed { get; init; }

    /// <summary>Null when the unit may not leave this machine.</summary>
    public RemoteJob? Job { get; init; }

    /// <summary>The preprocessed text; empty when there is nobody to send it to.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The dependency file that the command asks for; null when it asks for none.</summary>
    public ReadOnlyMemory<byte>? Dependencies { get; init; }

    /// <summary>Files the result comes from, as the compiler spells them.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];
}
