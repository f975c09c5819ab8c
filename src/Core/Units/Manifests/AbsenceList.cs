namespace DistBuild.Core.Units.Manifests;

/// <summary>Collects names that are not in folders, each once.</summary>
internal sealed class AbsenceList
{
    private readonly SortedDictionary<string, SortedSet<string>> _names = new(StringComparer.Ordinal);

    public void Add(string folder, string name)
    {
        if (!_names.TryGetValue(folder, out SortedSet<string>? names))
        {
            _names.Add(folder, names = new SortedSet<string>(StringComparer.Ordinal));
        }

        names.Add(name);
    }

    public IReadOnlyList<ManifestAbsence> ToList() => [.. _names.Select(entry => new ManifestAbsence(entry.Key, [.. entry.Value]))];
}
