using Microsoft.Build.Framework;
using static DistBuild.Tasks.Toolsets.Gcc.MetadataLists;

namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Reads of an item what has an effect, in two steps: the texts, by which equal items are recognised cheaply, and their meaning.</summary>
internal static class SettingsReader
{
    private static readonly string[] Names = [.. MetadataTable.Effective, .. MetadataLists.Effective];

    /// <summary>The values of all names, still escaped.</summary>
    public static string[] Read(ITaskItem item) => Array.ConvertAll(Names, name => ItemLists.Escaped(item, name));

    public static CompileSettings Interpret(string[] values, ProjectPaths paths)
    {
        CompileSettings settings = new();
        int scalars = MetadataTable.Effective.Count;
        for (int i = 0; i < scalars; i++)
        {
            settings[Names[i]] = ItemLists.Text(values[i]);
        }

        settings.IncludeDirectories.AddRange(List(AdditionalIncludeDirectories));
        settings.Definitions.AddRange(List(PreprocessorDefinitions));
        settings.Undefinitions.AddRange(List(UndefinePreprocessorDefinitions));
        settings.ForcedIncludes.AddRange(List(ForcedIncludeFiles));
        settings.DisabledWarnings.AddRange(List(DisableSpecificWarnings));
        settings.ErrorWarnings.AddRange(List(TreatSpecificWarningsAsErrors));
        foreach ((string name, string why) in new[]
        {
            (ForcedUsingFiles, "managed code needs Visual C++"),
            (AdditionalModuleDependencies, "C++ modules are not built by this toolset"),
            (AdditionalHeaderUnitDependencies, "C++ modules are not built by this toolset"),
        })
        {
            if (List(name).Count > 0)
            {
                settings.Refuse($"{name}: {why}");
            }
        }

        AdditionalOptionsReader.Apply(ItemLists.Text(Value(AdditionalOptions)), settings, paths);
        return settings;

        string Value(string name) => values[Array.IndexOf(Names, name, scalars)];
        IReadOnlyList<string> List(string name) => ItemLists.Split(Value(name));
    }
}
