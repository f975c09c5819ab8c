namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Metadata of Visual Studio's cl rule that is a list or a text, and what becomes of it; the second half of the documentation.</summary>
internal static class MetadataLists
{
    public const string AdditionalIncludeDirectories = nameof(AdditionalIncludeDirectories);
    public const string PreprocessorDefinitions = nameof(PreprocessorDefinitions);
    public const string UndefinePreprocessorDefinitions = nameof(UndefinePreprocessorDefinitions);
    public const string DisableSpecificWarnings = nameof(DisableSpecificWarnings);
    public const string TreatSpecificWarningsAsErrors = nameof(TreatSpecificWarningsAsErrors);
    public const string ForcedIncludeFiles = nameof(ForcedIncludeFiles);
    public const string ForcedUsingFiles = nameof(ForcedUsingFiles);
    public const string AdditionalModuleDependencies = nameof(AdditionalModuleDependencies);
    public const string AdditionalHeaderUnitDependencies = nameof(AdditionalHeaderUnitDependencies);
    public const string AdditionalOptions = nameof(AdditionalOptions);

    /// <summary>The names worth reading from an item.</summary>
    public static IReadOnlyList<string> Effective { get; } =
    [
        AdditionalIncludeDirectories, PreprocessorDefinitions, UndefinePreprocessorDefinitions, DisableSpecificWarnings, TreatSpecificWarningsAsErrors,
        ForcedIncludeFiles, ForcedUsingFiles, AdditionalModuleDependencies, AdditionalHeaderUnitDependencies, AdditionalOptions,
    ];

    public static IReadOnlyList<(string Metadata, string Becomes)> Rows { get; } =
    [
        (AdditionalIncludeDirectories,
            "`-I` each, in order, also where the folder does not exist; then `$(IncludePath)` as `-I`, then `$(ExternalIncludePath)` as `-isystem`"),
        (PreprocessorDefinitions, "`-D` each; what says \"this is Windows\" (`WIN32`, `_WINDOWS`, `_WIN32_WINNT=…`) is left out; of several for one name only the last"),
        (UndefinePreprocessorDefinitions, "`-U` each"),
        (DisableSpecificWarnings, "`-Wno-…` where the number has a counterpart (below); names of gcc's pass; the rest needs nothing"),
        (TreatSpecificWarningsAsErrors, "`-Werror=…` likewise; a number without a counterpart gets a note"),
        (ForcedIncludeFiles, "`-include` each; a relative name is searched beside the source, then in the include folders, then in the project's"),
        (ForcedUsingFiles, "not built: managed code needs Visual C++"),
        (AdditionalModuleDependencies, "not built: " + "C++ modules are not built by this toolset"),
        (AdditionalHeaderUnitDependencies, "not built: " + "C++ modules are not built by this toolset"),
        (AdditionalOptions, "options of gcc and clang pass; options of cl are translated through the same tables (below)"),
        ("ObjectFileName", "`-o`; with a trailing slash, or where a folder of that name exists, the folder that gets `<source name>.obj`"),
        ("AdditionalUsingDirectories", "nothing: managed code needs Visual C++"),
        ("AdditionalBMIDirectories", "nothing: C++ modules are not built by this toolset"),
        ("StdIfcDirectory", "nothing: C++ modules are not built by this toolset"),
        ("ExternalDirectoriesEnv", "nothing: name the folders in `$(ExternalIncludePath)`"),
    ];
}
