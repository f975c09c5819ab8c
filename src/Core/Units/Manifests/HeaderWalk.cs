namespace DistBuild.Core.Units.Manifests;

/// <summary>What one walk along a compiler's header search has met so far.</summary>
/// <param name="has">Whether a folder (as spelled) has a name now.</param>
internal sealed class HeaderWalk(Func<string, string, bool> has)
{
    private readonly HashSet<(string Folder, IncludeProbe Probe)> _walked = [];

    public AbsenceList Absent { get; } = new();

    public HashSet<string> Included { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Probed { get; } = new(StringComparer.Ordinal);

    public bool Has(string folder, string name) => has(folder, name);

    /// <summary>False for what was already looked for from there.</summary>
    public bool IsNew(string folder, IncludeProbe probe) => _walked.Add((folder, probe));

    public SearchedHeaders ToHeaders() => new(Absent.ToList(), Probed, Included);
}

/// <param name="Absences">Names that were looked for in vain before others were found.</param>
/// <param name="Probed">Headers whose presence was asked for, and which are there.</param>
/// <param name="Included">Headers that are included by name, also in branches that a compiler did not take.</param>
public sealed record SearchedHeaders(IReadOnlyList<ManifestAbsence> Absences, IReadOnlyCollection<string> Probed, IReadOnlyCollection<string> Included);
