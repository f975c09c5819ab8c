using DistBuild.Core.Compilers;
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
    // 1: first form of both. They change together: a result's key contains its manifest's.
    private const string ManifestDomain = "manifest/1", ResultDomain = "unit-direct/1";

    /// <summary>The name of a unit's manifest, or null when its header search cannot be known.</summary>
    public async Task<DirectKey?> FindAsync(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        IncludeFolders folders = toolchain.Family.Includes(command);
        SourceFile source = files.Get(command.FullPath(verdict.Source));
        if (folders.Reason is not null || source.Content is not { } content || source.Traits.Refusal is not null || !toolchain.Family.ReportsEveryFile(command)
            || await system.GetAsync(toolchain, command, verdict).ConfigureAwait(false) is not { } systemFolders)
        {
            return null;
        }

        using KeyBuilder key = new(ManifestDomain);
        AddCommand(key, toolchain, command, verdict);
        key.Add("content", content);
        return new DirectKey(key.Build(), new IncludeSearch([.. folders.Own], [.. systemFolders, .. folders.After]));
    }

    /// <summary>What the key of a unit is made of besides the contents of files, by tag, for whoever explains it.</summary>
    public static List<KeyValuePair<string, string>> Fields(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        List<KeyValuePair<string, string>> fields = [];
        using KeyBuilder key = new(ManifestDomain, fields);
        AddCommand(key, toolchain, command, verdict);
        return fields;
    }

    /// <summary>The newest entry that is true of the files as they are.</summary>
    public ManifestEntry? Match(Manifest manifest, CompileCommand command) => manifest.Entries.FirstOrDefault(entry => Holds(entry, command));

    /// <summary>The entry of a unit that read these files, or null when their contents do not decide its result.</summary>
    /// <param name="inputs">As the compiler spells them, the source included.</param>
    public ManifestEntry? Describe(DirectKey key, CompileCommand command, IReadOnlyList<string> inputs)
    {
        SortedDictionary<string, Digest> contents = new(StringComparer.Ordinal);
        List<(string File, IncludeProbe Probe)> probes = [];
        foreach (string input in inputs)
        {
            SourceFile file = files.Get(command.FullPath(input));
            if (file.Content is not { } content || file.Traits.Refusal is not null)
            {
                return null;
            }

            contents[input] = content;
            probes.AddRange(file.Traits.Probes.Select(probe => (input, probe)));
        }

        foreach ((string asking, IncludeProbe probe) in probes)
        {
            // A header that was only asked for counts as read: its going away is a change.
            if (key.Search.Find(asking, probe, Has) is { } found && files.Get(command.FullPath(found)).Content is { } content)
            {
                contents[found] = content;
            }
        }

        IReadOnlyList<ManifestAbsence> absences = key.Search.Absences([.. contents.Keys], probes, Has);
        ManifestInput[] read = [.. contents.Select(input => new ManifestInput(input.Key, input.Value))];
        return new ManifestEntry(ResultKey(key.Manifest, read), read, absences);

        bool Has(string folder, string name) => files.Has(command.FullPath(folder), name);
    }

    /// <summary>Whether somebody else's entry names the result that its own inputs make, and no other.</summary>
    public static bool IsGenuine(Digest manifest, ManifestEntry entry) => entry.Result == ResultKey(manifest, entry.Inputs);

    private static void AddCommand(KeyBuilder key, Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        key.Add("toolchain", toolchain.Digest).Add("family", toolchain.Family.Name).Add("language", verdict.Language);
        key.AddAll("argument", verdict.PreprocessorArguments);
        key.Add("directory", verdict.EmbedsWorkingDirectory ? command.WorkingDirectory : "");
        key.Add("locale", CompilerLocale.Of(command.Environment)).Add("colors", command.Environment.TryGetValue("GCC_COLORS", out string? colors) ? colors : "");
        key.Add("source", verdict.Source);
    }

    private static Digest ResultKey(Digest manifest, IEnumerable<ManifestInput> inputs)
    {
        using KeyBuilder result = new(ResultDomain);
        result.Add("manifest", manifest);
        foreach (ManifestInput input in inputs)
        {
            result.Add("path", input.Path).Add("content", input.Content);
        }

        return result.Build();
    }

    private bool Holds(ManifestEntry entry, CompileCommand command)
    {
        foreach (ManifestInput input in entry.Inputs)
        {
            if (files.Get(command.FullPath(input.Path)).Content != input.Content)
            {
                return false;
            }
        }

        foreach (ManifestAbsence absence in entry.Absences)
        {
            string folder = command.FullPath(absence.Folder);
            foreach (string name in absence.Names)
            {
                if (files.Has(folder, name))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

/// <param name="Manifest">The name of the manifest in a store.</param>
internal sealed record DirectKey(Digest Manifest, IncludeSearch Search);
