namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// The folders a compiler looks through for headers, and what follows for a unit: which names, had they appeared in a folder that is searched earlier,
/// would have been read instead.
/// </summary>
/// <param name="own">The command's folders in search order, as the compiler spells them; full or relative to the working directory.</param>
/// <param name="system">The toolchain's folders, searched after them.</param>
/// <param name="after">The command's folders that are searched last.</param>
/// <param name="forced">Headers that the command itself includes, before the source.</param>
public sealed class IncludeSearch(IReadOnlyList<string> own, IReadOnlyList<string> system, IReadOnlyList<string> after, IReadOnlyList<string> forced)
{
    private static readonly bool OnWindows = Path.DirectorySeparatorChar == '\\';
    private static readonly StringComparison Comparison = OnWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string[] _folders = [.. own.Concat(system).Concat(after).Select(WithoutEnd)];
    private readonly string[] _system = [.. system.Select(folder => Join(WithoutEnd(folder), "*").TrimEnd('*'))];

    /// <summary>Whether a file comes from the toolchain's own folders.</summary>
    public bool IsSystem(string path) => Array.Exists(_system, folder => Spell(path).StartsWith(folder, Comparison));

    /// <summary>As <see cref="Compilers.IncludeFolders.AsksEveryIncluder"/>.</summary>
    public bool AsksEveryIncluder { get; init; }

    /// <summary>As <see cref="Compilers.IncludeFolders.Unordered"/>, as the compiler spells them.</summary>
    public IReadOnlyList<string> Unordered { get; init; } = [];

    /// <summary>Whether the command itself includes headers.</summary>
    public bool IncludesByCommand => forced.Count > 0;

    /// <summary>Equal for searches that go through the same folders.</summary>
    public string Folders => string.Join("\n", _folders);

    /// <summary>Goes again where a compiler went, by the names that the files it read include.</summary>
    /// <param name="inputs">As the compiler spells them, the source included.</param>
    /// <param name="has">Whether a folder (as spelled) has a name now.</param>
    public SearchedHeaders Walk(IReadOnlyList<(string Path, SourceTraits Traits)> inputs, Func<string, string, bool> has)
    {
        HeaderWalk walk = new(has);
        UnitFolders unit = FoldersOf(inputs);
        WalkCommand(walk);
        foreach ((string path, SourceTraits traits) in inputs)
        {
            WalkFile(walk, path, traits, unit);
        }

        return walk.ToHeaders();
    }

    /// <summary>As <see cref="Walk"/>, for one file of a unit.</summary>
    public SearchedHeaders WalkFile(string path, SourceTraits traits, UnitFolders unit, Func<string, string, bool> has)
    {
        HeaderWalk walk = new(has);
        WalkFile(walk, path, traits, unit);
        return walk.ToHeaders();
    }

    /// <summary>As <see cref="Walk"/>, for the headers that the command itself includes.</summary>
    public SearchedHeaders WalkCommand(Func<string, string, bool> has)
    {
        HeaderWalk walk = new(has);
        WalkCommand(walk);
        return walk.ToHeaders();
    }

    /// <summary>What a unit adds to the search of each of its files; nothing for most units.</summary>
    public UnitFolders FoldersOf(IReadOnlyList<(string Path, SourceTraits Traits)> inputs)
    {
        bool computes = false;
        for (int i = 0; i < inputs.Count && !computes; i++)
        {
            computes = inputs[i].Traits.ComputesIncludes;
        }

        return computes || AsksEveryIncluder
            ? new UnitFolders([.. inputs.Where(input => !IsSystem(input.Path)).Select(input => FolderOf(Spell(input.Path))).Distinct(StringComparer.Ordinal)], computes)
            : UnitFolders.None;
    }

    private void WalkCommand(HeaderWalk walk)
    {
        foreach (string header in forced)
        {
            Find(walk, "", new IncludeProbe(Spell(header), Quoted: true), walk.Included);
        }
    }

    private void WalkFile(HeaderWalk walk, string path, SourceTraits traits, UnitFolders unit)
    {
        string folder = FolderOf(Spell(path));
        foreach (IncludeProbe header in traits.Includes)
        {
            Find(walk, folder, header, walk.Included);
        }

        foreach (IncludeProbe probe in traits.Probes)
        {
            Find(walk, folder, probe, walk.Probed);
        }

        if (AsksEveryIncluder)
        {
            AskIncluders(walk, traits, unit.Folders);
        }

        if (unit.ComputesIncludes)
        {
            ForbidByResult(walk, Spell(path), [.. unit.Folders.Concat(_folders).Distinct(StringComparer.Ordinal)]);
        }
    }

    private static void AskIncluders(HeaderWalk walk, SourceTraits traits, IReadOnlyList<string> includers)
    {
        foreach (IncludeProbe header in traits.Includes.Concat(traits.Probes).Where(header => header.Quoted))
        {
            foreach (string includer in includers.Where(includer => !walk.Has(includer, header.Name)))
            {
                walk.Absent.Add(includer, header.Name);
            }
        }
    }

    /// <summary>The folders in which a compiler looks for a header precompiled by gcc: those where it looks for what the source itself includes.</summary>
    /// <param name="source">As the command spells it.</param>
    public IEnumerable<string> PrecompiledFolders(string source, SourceTraits traits)
    {
        HashSet<string> folders = new(StringComparer.Ordinal), withins = new(StringComparer.Ordinal);
        string beside = FolderOf(Spell(source));
        foreach (IncludeProbe include in traits.Includes)
        {
            Add(beside, FolderOf(include.Name));
        }

        foreach (string name in forced)
        {
            Add("", FolderOf(Spell(name)));
        }

        return folders;

        void Add(string first, string within)
        {
            folders.Add(Join(first, within));
            if (withins.Add(within))
            {
                foreach (string folder in _folders)
                {
                    folders.Add(Join(folder, within));
                }
            }
        }
    }

    private void Find(HeaderWalk walk, string beside, IncludeProbe header, HashSet<string> found)
    {
        if (!walk.IsNew(header.Quoted ? beside : "", header))
        {
            return;
        }

        string name = header.Name;
        if (name[0] == '/')
        {
            (name, beside) = (name.TrimStart('/'), "/");
            header = header with { Quoted = true };
        }

        for (int i = header.Quoted ? -1 : 0; i < (beside == "/" ? 0 : _folders.Length); i++)
        {
            string folder = i < 0 ? beside : _folders[i];
            if (!walk.Has(folder, name))
            {
                walk.Absent.Add(folder, name);
            }
            else
            {
                found.Add(Join(folder, name));
                if (!header.Next)
                {
                    ForbidUnordered(walk, i, name);
                    return;
                }
            }
        }
    }

    /// <summary>Where a folder of the toolchain has the name, those that may be searched before that one go on lacking it, up to the first that has it too.</summary>
    private void ForbidUnordered(HeaderWalk walk, int index, string name)
    {
        if (index < own.Count)
        {
            return;
        }

        foreach (string folder in Unordered.Select(WithoutEnd))
        {
            if (walk.Has(folder, name))
            {
                return;
            }

            walk.Absent.Add(folder, name);
        }
    }

    /// <summary>For what macros name: any file that was read may have been asked for by any end of its path, by any other.</summary>
    private void ForbidByResult(HeaderWalk walk, string input, string[] searched)
    {
        string[] parents = [.. _folders.Where(folder => input.StartsWith(Join(folder, "*").TrimEnd('*'), Comparison))];
        int last = parents.Length == 0 ? _folders.Length : Array.LastIndexOf(_folders, parents[parents.Length - 1]);
        foreach (string name in parents.Length == 0 ? Ends(input) : parents.Select(folder => input.Substring(folder.Length).TrimStart('/')))
        {
            foreach (string folder in searched.Where(folder => Array.IndexOf(_folders, folder) < last && !walk.Has(folder, name)))
            {
                walk.Absent.Add(folder, name);
            }
        }
    }

    private static IEnumerable<string> Ends(string path)
    {
        string name = path.TrimStart('/');
        yield return name;
        for (int slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            yield return name.Substring(slash + 1);
        }
    }

    // One spelling of a separator, as headers are named in sources; every compiler of Windows takes it.
    private static string Spell(string path) => OnWindows ? path.Replace('\\', '/') : path;

    private static string WithoutEnd(string folder)
    {
        string spelled = Spell(folder);
        return spelled.Length <= 1 || IsDrive(spelled) ? spelled : spelled.TrimEnd('/');
    }

    private static string Join(string folder, string name) =>
        folder.Length == 0 ? name : name.Length == 0 ? folder : folder[folder.Length - 1] == '/' ? folder + name : $"{folder}/{name}";

    private static string FolderOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : IsDrive(path.Substring(0, slash + 1)) ? path.Substring(0, slash + 1) : path.Substring(0, slash);
    }

    // C: without its slash is the drive's current folder.
    private static bool IsDrive(string folder) => OnWindows && folder.Length == 3 && folder.EndsWith(":/", StringComparison.Ordinal);
}
