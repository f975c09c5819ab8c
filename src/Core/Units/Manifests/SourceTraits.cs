namespace DistBuild.Core.Units.Manifests;

/// <summary>What in a file's text makes its compile depend on more than the contents of files.</summary>
/// <param name="Refusal">Why a unit that reads this file cannot be keyed by the contents of its files, or null.</param>
/// <param name="Probes">Operands of <c>__has_include</c> in the text.</param>
public sealed record SourceTraits(string? Refusal, IReadOnlyList<IncludeProbe> Probes)
{
    public static SourceTraits None { get; } = new(null, []);
}

/// <summary>A header whose mere presence a text asks for.</summary>
/// <param name="Name">As written between the quotes or angle brackets.</param>
public readonly record struct IncludeProbe(string Name, bool Quoted);
