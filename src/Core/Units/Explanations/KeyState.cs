using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Explanations;

/// <summary>What one key of a unit was made of.</summary>
/// <param name="When">Seconds since 1970 UTC, when a build last met it.</param>
/// <param name="Fields">Everything but the contents of files, by the tags of the key (docs/caching.md).</param>
/// <param name="Inputs">The files that were read, the source included.</param>
internal sealed record KeyState(Digest Key, uint When, IReadOnlyList<KeyField> Fields, IReadOnlyList<KeyInput> Inputs);

/// <summary>A class, so that units with the same arguments share them in memory and in the file.</summary>
internal sealed record KeyField(string Tag, string Value);

/// <summary>A class for the same reason: hundreds of units read a header.</summary>
/// <param name="Path">As the compiler spells it.</param>
internal sealed record KeyInput(string Path, Digest Content);

/// <summary>What the last build did with a unit that was not up to date.</summary>
/// <param name="Directory">Where the command runs: the project's folder.</param>
/// <param name="When">Seconds since 1970 UTC.</param>
/// <param name="Key">Null when it has none: not cacheable, or its compile failed.</param>
/// <param name="SameSince">When the build before was, if the key was the same in it; else 0.</param>
internal sealed record LastBuild(
    string Object, string Source, string Directory, uint When, UnitOutcome Outcome, KeyMode? Keyed, string? Agent, string? Reason, string? OutOfDate, Digest? Key, uint SameSince);
