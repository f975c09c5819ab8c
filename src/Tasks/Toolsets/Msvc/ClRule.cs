namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>
/// Every metadata of Visual Studio's cl rule in the order of cl's line, checked row by row against observed command lines. Sources come last and are not
/// in it.
/// </summary>
internal static partial class ClRule
{
    /// <summary>The whole numbers by which Visual Studio 2015, 2017, 2019 and 2022 know themselves.</summary>
    public const int VisualStudio2015 = 14, VisualStudio2017 = 15, VisualStudio2019 = 16, VisualStudio2022 = 17;

    public const string AdditionalIncludeDirectories = nameof(AdditionalIncludeDirectories);
    public const string AdditionalOptions = nameof(AdditionalOptions);
    public const string CompileAs = nameof(CompileAs);
    public const string CompileAsManaged = nameof(CompileAsManaged);
    public const string ConformanceMode = nameof(ConformanceMode);
    public const string DebugInformationFormat = nameof(DebugInformationFormat);
    public const string ExternalWarningLevel = nameof(ExternalWarningLevel);
    public const string ForcedIncludeFiles = nameof(ForcedIncludeFiles);
    public const string LanguageStandard = nameof(LanguageStandard);
    public const string LanguageStandardOfC = "LanguageStandard_C";
    public const string ObjectFile = "ObjectFileName";
    public const string PrecompiledHeader = nameof(PrecompiledHeader);
    public const string PrecompiledHeaderFile = nameof(PrecompiledHeaderFile);
    public const string PrecompiledHeaderOutputFile = nameof(PrecompiledHeaderOutputFile);
    public const string ProgramDataBaseFileName = nameof(ProgramDataBaseFileName);
    public const string SupportJustMyCode = nameof(SupportJustMyCode);
    public const string UseFullPaths = nameof(UseFullPaths);
    public const string WarningLevel = nameof(WarningLevel);

    private const string AssemblerOutput = nameof(AssemblerOutput);

    public static IReadOnlyList<ClSwitch> Rows { get; } = [.. Inputs, .. Diagnostics, .. CodeGeneration, .. Language, .. Outputs, .. External, .. Last];

    /// <summary>Every metadata that a line is made of, each once.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Rows.SelectMany(row => new[] { row.Metadata, row.Argument, row.OnlyBeside?.Metadata ?? "" }).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static ClSwitch Flag(string metadata, string yes, string no = "") => Value(metadata, ("true", yes), ("false", no));

    private static ClSwitch Value(string metadata, params (string Value, string Switch)[] values) =>
        new(metadata, ClForm.Value) { Values = values.ToDictionary(pair => pair.Value, pair => pair.Switch, StringComparer.OrdinalIgnoreCase) };

    private static ClSwitch Items(string metadata, string name) => new(metadata, ClForm.List) { Switch = name };

    private static ClSwitch Paths(string metadata, string name) => Items(metadata, name) with { IsPath = true };

    private static ClSwitch Text(string metadata, string name) => new(metadata, ClForm.Text) { Switch = name };

    private static ClSwitch File(string metadata, string name) => Text(metadata, name) with { IsPath = true };

    private static ClSwitch Since(int version, ClSwitch row) => row with { Versions = (version, row.Versions.Last) };
}
