using System.Collections.Concurrent;
using DistBuild.Core.Compilers;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>
/// Writes the records of finished units: what each read, and what it looked for in vain. Units that search the same folders share both, file by file. A unit
/// that read more than its compiler tells gets no record, and is compiled in every build.
/// </summary>
internal sealed class UnitRecorder(BuildRecords records, FileStamps stamps, SourceSnapshot files)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Input>> _inputs = new(StringComparer.Ordinal);

    /// <param name="inputs">As the compiler spells them.</param>
    /// <param name="known">The unit's header search, where it has a direct key: then the toolchain's folders are in it, and no precompiled header is near.</param>
    public void Record(UnitWork work, ICompilerFamily? family, CommandVerdict.Cacheable? verdict, IReadOnlyList<string> inputs, IncludeSearch? known)
    {
        TranslationUnit unit = work.Unit;
        work.Inputs = inputs;
        SourceView view = files.In(unit.Command.WorkingDirectory);
        IncludeFolders folders = known is null && family is not null ? family.Includes(unit.Command) : new IncludeFolders([], [], null);
        IncludeSearch search = known ?? new IncludeSearch(folders.Own, [], folders.After, folders.Forced) { AsksEveryIncluder = folders.AsksEveryIncluder, Unordered = folders.Unordered };
        (string Path, SourceTraits Traits)[] read = [.. inputs.Select(input => (input, view.Get(input).Traits))];
        UnitFolders unitFolders = search.FoldersOf(read);
        ConcurrentDictionary<string, Input> shared = _inputs.GetOrAdd(
            $"{unit.Command.WorkingDirectory}\n{search.Folders}\n{unitFolders.Name}", static _ => new ConcurrentDictionary<string, Input>(StringComparer.Ordinal));
        List<RecordedInput> recorded = new(inputs.Count + 1);
        bool tells = verdict is null || !files.Words(verdict.PreprocessorArguments).ReadsUnreported, refusesTypes = family is ITypeImports;
        foreach ((string path, SourceTraits traits) in read)
        {
            if (!shared.TryGetValue(path, out Input? input))
            {
                input = shared.GetOrAdd(path, Describe(path, traits, view, search, unitFolders));
            }

            tells &= input.Tells && !(refusesTypes && traits.ImportsTypes);
            recorded.Add(input.Recorded);
        }

        if (!tells || (folders.TakesPrecompiled && MayTakePrecompiled(search, view, verdict?.Source ?? unit.Source)))
        {
            records.Forget(unit.Object);
            return;
        }

        // The source by its own path: what a compiler spells otherwise is another file.
        RecordedAbsence[] unitsOwn = search.IncludesByCommand ? Absences(search.WalkCommand(view.Has), view) : [];
        recorded.Add(Recorded(unit.Source, unitsOwn));
        string[] outputs = [.. unit.OtherOutputs, .. verdict?.DependencyFile is { } dependencies ? [view.FullPath(dependencies)] : (string[])[]];
        records.Record(unit.Object, work.Command, recorded, outputs, work.KnownResult, work.Started, stamps);
    }

    private Input Describe(string path, SourceTraits traits, SourceView view, IncludeSearch search, UnitFolders unit)
    {
        string full = view.FullPath(path);
        RecordedInput recorded = Recorded(full, Absences(search.WalkFile(path, traits, unit, view.Has), view));
        return new Input(recorded, recorded.Stamp != FileStamp.Missing && (!traits.ReadsUnreported || search.IsSystem(path)));
    }

    private RecordedInput Recorded(string path, RecordedAbsence[] absences) => records.Share(new RecordedInput(path, stamps.Get(path, out InodeStamp inode), inode, absences));

    /// <summary>By the folder in which each name itself would stand, because that is the folder that changes.</summary>
    private RecordedAbsence[] Absences(SearchedHeaders searched, SourceView view)
    {
        // By hand: in a fresh process, queries over pairs cost more than all they do.
        List<string> folders = [];
        Dictionary<string, List<string>> missed = new(StringComparer.Ordinal);
        foreach (ManifestAbsence absence in searched.Absences)
        {
            string searchedFolder = view.FullPath(absence.Folder);
            for (int i = 0; i < absence.Names.Count; i++)
            {
                string name = absence.Names[i], folder = searchedFolder;
                int slash = name.LastIndexOf('/');
                if (slash >= 0)
                {
                    folder = files.FullPath(folder, name.Substring(0, slash));
                    name = name.Substring(slash + 1);
                }

                if (!missed.TryGetValue(folder, out List<string>? names))
                {
                    folders.Add(folder);
                    missed.Add(folder, names = []);
                }

                names.Add(name);
            }
        }

        RecordedAbsence[] absences = new RecordedAbsence[folders.Count];
        for (int i = 0; i < absences.Length; i++)
        {
            FileStamp stamp = Stamp(folders[i], out InodeStamp inode);
            absences[i] = new RecordedAbsence(folders[i], stamp, inode, missed[folders[i]]);
        }

        return absences;
    }

    // What changed since the folders were looked at may have changed before or after.
    private FileStamp Stamp(string folder, out InodeStamp inode)
    {
        _ = stamps.Get(folder, out inode);
        FileStamp stamp = stamps.Get(folder, files.Taken, out bool tellsChanges);
        return tellsChanges ? stamp : RecordedAbsence.Unknown;
    }

    private static bool MayTakePrecompiled(IncludeSearch search, SourceView view, string source) =>
        search.PrecompiledFolders(source, view.Get(source).Traits).Any(folder => view.Folder(folder).HasPrecompiled);

    /// <param name="Tells">The file is there, and reads none that no compiler reports.</param>
    private sealed record Input(RecordedInput Recorded, bool Tells);
}
