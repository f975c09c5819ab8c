using System.Collections.Concurrent;
using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>
/// Keys units by the contents of the files they read, without preprocessing. Paths are part of a key as the compiler spells them, so a checkout elsewhere shares
/// results as long as its commands spell paths relatively; where an object records the working directory, that is part of the key too.
/// </summary>
internal sealed class DirectKeyer(SourceSnapshot files, SystemIncludes system)
{
    // 2: the toolchain's folders are part of it. 1: first form of both. They change together: a result's key contains its manifest's.
    private const string ManifestDomain = "manifest/2", ResultDomain = "unit-direct/2";

    private readonly ConcurrentDictionary<string, string> _directories = new();

    /// <summary>The name of a unit's manifest, or null when its header search cannot be known.</summary>
    public async Task<DirectKey?> FindAsync(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        IncludeFolders folders = toolchain.Family.Includes(command);
        SourceFile source = files.In(command.WorkingDirectory).Get(verdict.Source);
        if (folders.Reason is not null || source.Content is not { } content || (IsRefused(source.Traits) && !source.Traits.IsSettledByExpansion) || IsRefused(files.Words(verdict.PreprocessorArguments)) || !toolchain.Family.ReportsEveryFile(command)
            || await system.GetAsync(toolchain, command, verdict).ConfigureAwait(false) is not { } systemFolders)
        {
            return null;
        }

        IncludeSearch search = new(folders.Own, systemFolders, folders.After, folders.Forced) { AsksEveryIncluder = folders.AsksEveryIncluder, Unordered = folders.Unordered };
        if (IsMapped(folders, command) || (folders.TakesPrecompiled && MayTakePrecompiled(search, command, verdict)))
        {
            return null;
        }

        using KeyBuilder key = new(ManifestDomain);
        AddCommand(key, toolchain, command, verdict, Directory(command));
        key.AddAll("folder", systemFolders).Add("content", content);
        return new DirectKey(key.Build(), search) { RefusesTypes = toolchain.Family is ITypeImports };
    }

    /// <summary>What the key of a unit is made of besides the contents of files, by tag, for whoever explains it.</summary>
    public static List<KeyValuePair<string, string>> Fields(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        List<KeyValuePair<string, string>> fields = [];
        using KeyBuilder key = new(ManifestDomain, fields);
        AddCommand(key, toolchain, command, verdict, RecordedDirectory.Of(command));
        return fields;
    }

    /// <summary>What decides a direct key besides the files and what <see cref="CommandIdentity"/> says of the command: equal keys before mean equal keys now.</summary>
    public static Digest Surroundings(CompileCommand command)
    {
        using KeyBuilder key = new("surroundings/1");
        AddEnvironment(key.Add("manifest", ManifestDomain).Add("result", ResultDomain).Add("directory", RecordedDirectory.Of(command)), command);
        foreach (string name in ClEnvironment.Headers)
        {
            key.Add(name, ClEnvironment.Value(command.Environment, name));
        }

        return key.Build();
    }

    /// <summary>The newest entry that is true of the files as they are.</summary>
    public ManifestEntry? Match(Manifest manifest, CompileCommand command)
    {
        SourceView view = files.In(command.WorkingDirectory);
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (Holds(entry, view))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The entry of a unit that read these files, or null when their contents do not decide its result.</summary>
    /// <param name="isExpansionKnown">The unit's expanded text was looked through (<see cref="SourceTraits.IsSettledByExpansion"/>).</param>
    public ManifestEntry? Describe(DirectKey key, CompileCommand command, ReadFiles inputs, bool isExpansionKnown)
    {
        SourceView view = files.In(command.WorkingDirectory);
        SortedDictionary<string, Digest> contents = new(StringComparer.Ordinal);
        List<(string Path, SourceTraits Traits)> read = [];
        foreach (string input in inputs.Files)
        {
            SourceFile file = view.Get(input);
            if (file.Content is not { } content || file.Traits.Refusal is not null || (key.RefusesTypes && file.Traits.ImportsTypes) || (file.Traits.OwnRefusal is not null && !(isExpansionKnown && file.Traits.IsSettledByExpansion) && !key.Search.IsSystem(input)))
            {
                return null;
            }

            contents[input] = content;
            read.Add((input, file.Traits));
        }

        // A header that was only asked for counts as read: its going away is a change.
        SearchedHeaders searched = key.Search.Walk(read, view.Has);
        foreach (string header in searched.Probed.Concat(Twins(searched.Included, read, contents, view)))
        {
            if (view.Get(header).Content is { } content)
            {
                contents[header] = content;
            }
        }

        IEnumerable<string> inOrder = inputs.Files.Concat(contents.Keys).Distinct(StringComparer.Ordinal);
        ManifestInput[] described = [.. inOrder.Select(input => new ManifestInput(input, contents[input], inputs.ListsOf(input)))];
        return new ManifestEntry(ResultKey(key.Manifest, described), described, searched.Absences) { Lists = inputs.Lists };
    }

    /// <summary>Headers that gcc may have taken for one it had read already, by their equal content and time, and did not report.</summary>
    private static IEnumerable<string> Twins(
        IReadOnlyCollection<string> included, List<(string Path, SourceTraits Traits)> read, SortedDictionary<string, Digest> contents, SourceView view)
    {
        HashSet<Digest> once = [.. read.Where(input => input.Traits.IsPragmaOnce).Select(input => contents[input.Path])];
        return once.Count == 0 ? [] : [.. included.Where(header => !contents.ContainsKey(header) && view.Get(header).Content is { } content && once.Contains(content))];
    }

    /// <summary>Whether somebody else's entry names the result that its own inputs make, and no other.</summary>
    public static bool IsGenuine(Digest manifest, ManifestEntry entry) => entry.Result == ResultKey(manifest, entry.Inputs);

    private static void AddCommand(KeyBuilder key, Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict, string directory)
    {
        key.Add("toolchain", toolchain.Digest).Add("family", toolchain.Family.Name).Add("language", verdict.Language);
        key.AddAll("argument", verdict.PreprocessorArguments);
        key.Add("directory", verdict.EmbedsWorkingDirectory ? directory : "");
        AddEnvironment(key, command);
        key.Add("source", verdict.Source);
    }

    private static void AddEnvironment(KeyBuilder key, CompileCommand command)
    {
        key.Add("locale", CompilerLocale.Of(command.Environment)).Add("colors", Value(command, "GCC_COLORS"));
        key.Add("urls", Value(command, "GCC_URLS")).Add("terminal-urls", Value(command, "TERM_URLS"));
    }

    private static Digest ResultKey(Digest manifest, IEnumerable<ManifestInput> inputs)
    {
        using KeyBuilder result = new(ResultDomain);
        result.Add("manifest", manifest);
        foreach (ManifestInput input in inputs.OrderBy(input => input.Path, StringComparer.Ordinal))
        {
            result.Add("path", input.Path).Add("content", input.Content);
        }

        return result.Build();
    }

    private static bool Holds(ManifestEntry entry, SourceView view)
    {
        for (int i = 0; i < entry.Inputs.Count; i++)
        {
            ManifestInput input = entry.Inputs[i];
            if (view.Get(input.Path).Content != input.Content)
            {
                return false;
            }
        }

        foreach (ManifestAbsence absence in entry.Absences)
        {
            if (!view.Folder(absence.Folder).Lacks(absence.Names))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRefused(SourceTraits traits) => (traits.Refusal ?? traits.OwnRefusal) is not null;

    private bool IsMapped(IncludeFolders folders, CompileCommand command)
    {
        SourceView view = files.In(command.WorkingDirectory);
        return folders.Own.Concat(folders.After).Any(folder => view.Folder(folder).IsMap);
    }

    private bool MayTakePrecompiled(IncludeSearch search, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        SourceView view = files.In(command.WorkingDirectory);
        SourceTraits source = view.Get(verdict.Source).Traits;
        return source.ComputesIncludes || search.PrecompiledFolders(verdict.Source, source).Any(folder => view.Folder(folder).HasPrecompiled);
    }

    private string Directory(CompileCommand command) =>
        _directories.GetOrAdd($"{command.WorkingDirectory}\n{Value(command, "PWD")}", _ => RecordedDirectory.Of(command));

    private static string Value(CompileCommand command, string name) => command.Environment.TryGetValue(name, out string? value) ? value : "";
}

/// <param name="Manifest">The name of the manifest in a store.</param>
internal sealed record DirectKey(Digest Manifest, IncludeSearch Search)
{
    /// <summary>As <see cref="ITypeImports"/>.</summary>
    public bool RefusesTypes { get; init; }
}
