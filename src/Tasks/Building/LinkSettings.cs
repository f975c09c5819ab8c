using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>The metadata of a project's Link or Lib definition.</summary>
internal sealed record LinkSettings
{
    // Ignored in silence: they say how a Windows program file is made, or repeat what the system does anyway.
    private static readonly string[] Told = ["AdditionalManifestDependencies", "EmbedManagedResourceFile", "EntryPointSymbol", "StackReserveSize", "HeapReserveSize", "MergeSections", "StripPrivateSymbols"];

    /// <summary>Full path.</summary>
    public required string OutputFile { get; init; }

    public required IReadOnlyList<string> Dependencies { get; init; }

    /// <summary>As the project spells them, without those of <c>$(LibraryPath)</c>.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    public required LinkOptions Options { get; init; }

    /// <summary>Full path, or null.</summary>
    public string? ImportLibrary { get; init; }

    /// <summary>Full path, or null.</summary>
    public string? MapFile { get; init; }

    public string ModuleDefinitionFile { get; init; } = "";

    public IReadOnlyList<string> ForcedSymbols { get; init; } = [];

    /// <summary>Explicitly without debug information.</summary>
    public bool Strip { get; init; }

    public bool RemoveUnreferenced { get; init; }

    public bool NoDefaultLibraries { get; init; }

    public bool WholeProgram { get; init; }

    /// <summary>A program without a console.</summary>
    public bool IsWindowed { get; init; }

    /// <summary>Lib: put the referenced libraries into this one.</summary>
    public bool MergeReferences { get; init; }

    /// <summary>Metadata without a counterpart that a person may miss.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    public static LinkSettings Read(ITaskItem item, ProjectPaths paths)
    {
        LinkOptions options = LinkOptions.Parse(Text("AdditionalOptions"), paths);
        return new LinkSettings
        {
            OutputFile = paths.Full(Text("OutputFile")),
            Dependencies = [.. List("AdditionalDependencies"), .. options.Libraries],
            Folders = [.. List("AdditionalLibraryDirectories"), .. options.Folders],
            Options = options,
            ImportLibrary = Text("ImportLibrary") is { Length: > 0 } import ? paths.Full(import) : null,
            MapFile = Is("GenerateMapFile", "true") ? paths.Full(Text("MapFileName") is { Length: > 0 } map ? map : Path.ChangeExtension(Text("OutputFile"), ".map")) : null,
            ModuleDefinitionFile = Text("ModuleDefinitionFile"),
            ForcedSymbols = List("ForceSymbolReferences"),
            Strip = Is("GenerateDebugInformation", "false"),
            RemoveUnreferenced = Is("OptimizeReferences", "true"),
            NoDefaultLibraries = Is("IgnoreAllDefaultLibraries", "true"),
            WholeProgram = IsWholeProgram(Text("LinkTimeCodeGeneration")),
            IsWindowed = Is("SubSystem", "Windows"),
            MergeReferences = Is("LinkLibraryDependencies", "true"),
            LeftOut = [.. Told.Where(name => Text(name).Length > 0).Select(name => $"{name}={Text(name)}"), .. options.LeftOut],
        };

        string Text(string name) => ItemLists.Text(ItemLists.Escaped(item, name));
        IReadOnlyList<string> List(string name) => ItemLists.Split(ItemLists.Escaped(item, name));
        bool Is(string name, string value) => Text(name).Equals(value, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>LinkTimeCodeGeneration: a choice for Link, true or false for Lib.</summary>
    public static bool IsWholeProgram(string linkTimeCodeGeneration) =>
        linkTimeCodeGeneration.Length > 0
        && !linkTimeCodeGeneration.Equals("Default", StringComparison.OrdinalIgnoreCase)
        && !linkTimeCodeGeneration.Equals("false", StringComparison.OrdinalIgnoreCase);
}
