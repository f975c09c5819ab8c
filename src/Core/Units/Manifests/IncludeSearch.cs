namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// The folders a compiler looks through for headers, and what follows for a manifest: which names, had they appeared in a folder that is searched earlier,
/// would have been read instead.
/// </summary>
/// <param name="own">The command's folders in search order, as the compiler spells them; full or relative to the working directory.</param>
/// <param name="system">The toolchain's folders, searched after them.</param>
public sealed class IncludeSearch(IReadOnlyList<string> own, IReadOnlyList<string> system)
{
    private readonly string[] _folders = [.. own.Concat(system).Select(folder => folder.TrimEnd('/'))];
    private readonly string[] _system = [.. system.Select(folder => folder.TrimEnd('/') + "/")];

    /// <summary>The names that must stay absent for these inputs to be the ones that are read.</summary>
    /// <param name="inputs">As the compiler spells them, the source included.</param>
    /// <param name="probes">Operands of <c>__has_include</c>, with the file that asks.</param>
    /// <param name="has">Whether a folder (as spelled) has a name now.</param>
    public IReadOnlyList<ManifestAbsence> Absences(
        IReadOnlyList<string> inputs, IEnumerable<(string File, IncludeProbe Probe)> probes, Func<string, string, bool> has)
    {
        AbsenceList absent = new(has);
        string[] includers = [.. inputs.Where(input => !IsSystem(input)).Select(FolderOf).Distinct(StringComparer.Ordinal)];
        foreach (string input in inputs)
        {
            foreach ((string name, int found) in NamesOf(input))
            {
                // The folder of the including file comes first for a quoted name; which file that is, nobody reports.
                Array.ForEach(includers, includer => absent.Forbid(includer, name));
                for (int earlier = 0; earlier < found; earlier++)
                {
                    absent.Forbid(_folders[earlier], name);
                }
            }
        }

        foreach ((string file, IncludeProbe probe) in probes)
        {
            absent.Forbid(FolderOf(file), probe.Name);
            Array.ForEach(_folders, folder => absent.Forbid(folder, probe.Name));
        }

        return absent.ToList();
    }

    /// <summary>Where a probed name is found, as the compiler would spell it, or null.</summary>
    public string? Find(string file, IncludeProbe probe, Func<string, string, bool> has)
    {
        IEnumerable<string> searched = probe.Quoted ? new[] { FolderOf(file) }.Concat(_folders) : _folders;
        string? folder = searched.FirstOrDefault(folder => has(folder, probe.Name));
        return folder is null ? null : folder.Length == 0 ? probe.Name : $"{folder}/{probe.Name}";
    }

    /// <summary>The names by which a header can have been asked for, each with the place in the order where it is found.</summary>
    private IEnumerable<(string Name, int Found)> NamesOf(string input)
    {
        bool searched = false;
        for (int i = 0; i < _folders.Length; i++)
        {
            string prefix = _folders[i] + "/";
            if (input.Length > prefix.Length && input.StartsWith(prefix, StringComparison.Ordinal))
            {
                searched = true;
                yield return (input.Substring(prefix.Length), i);
            }
        }

        if (!searched)
        {
            // Found beside the file that includes it, by a name relative to that file: any tail of its path.
            string name = input.TrimStart('/');
            yield return (name, 0);
            for (int slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
            {
                yield return (name.Substring(slash + 1), 0);
            }
        }
    }

    private bool IsSystem(string path) => _system.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static string FolderOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path.Substring(0, slash);
    }

    private sealed class AbsenceList(Func<string, string, bool> has)
    {
        private readonly SortedDictionary<string, SortedSet<string>> _names = new(StringComparer.Ordinal);

        public void Forbid(string folder, string name)
        {
            if (has(folder, name))
            {
                return;
            }

            if (!_names.TryGetValue(folder, out SortedSet<string>? names))
            {
                _names.Add(folder, names = new SortedSet<string>(StringComparer.Ordinal));
            }

            names.Add(name);
        }

        public IReadOnlyList<ManifestAbsence> ToList() => [.. _names.Select(entry => new ManifestAbsence(entry.Key, [.. entry.Value]))];
    }
}
