namespace DistBuild.Core.Units.Manifests;

/// <summary>What in a file's text makes its compile depend on more than the contents of files.</summary>
/// <param name="Refusal">Why a unit that reads this file cannot be keyed by the contents of its files, or null.</param>
/// <param name="Probes">Operands of <c>__has_include</c> in the text.</param>
public sealed record SourceTraits(string? Refusal, IReadOnlyList<IncludeProbe> Probes)
{
    public static SourceTraits None { get; } = new(null, []);

    /// <summary>What the text includes by name, in order.</summary>
    public IReadOnlyList<IncludeProbe> Includes { get; init; } = [];

    /// <summary>A macro names what is included.</summary>
    public bool ComputesIncludes { get; init; }

    /// <summary>A header that counts once by what it is, not by a macro: gcc takes files of one content and time for one, and reports only the first.</summary>
    public bool IsPragmaOnce { get; init; }

    /// <summary>As <see cref="Refusal"/>, for a file that is no system header: what these put together with macros is written with care.</summary>
    public string? OwnRefusal { get; init; }

    /// <summary>
    /// <see cref="OwnRefusal"/> is about assembler statements alone, which the expanded text of a unit shows: when nothing in it reads a file, the contents of the unit's files decide its result after all, because
    /// they decide that text.
    /// </summary>
    public bool IsSettledByExpansion { get; init; }

    /// <summary>To cl.exe it names files that are no headers, or gives headers other names (<see cref="Compilers.ITypeImports"/>).</summary>
    public bool ImportsTypes { get; init; }

    /// <summary>The assembler reads a file, and no compiler reports which.</summary>
    public bool ReadsUnreported { get; init; }
}

/// <summary>A header that a text includes, or whose mere presence it asks for.</summary>
/// <param name="Name">As written between the quotes or angle brackets.</param>
/// <param name="Next">Searched behind the folder of the file that asks (<c>#include_next</c>).</param>
public sealed record IncludeProbe(string Name, bool Quoted, bool Next = false);
