namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>Values that depend on others: what Visual Studio makes of them before cl's line is written.</summary>
internal static class ClDerived
{
    /// <summary>The effective value of a metadata; empty when nothing is written for it.</summary>
    public static string Of(string metadata, ClSettings settings) => metadata switch
    {
        ClRule.SupportJustMyCode when IsManaged(settings) || settings[ClRule.DebugInformationFormat] is "" || settings.Is(ClRule.DebugInformationFormat, "None") => "",
        ClRule.ExternalWarningLevel when settings.Is(metadata, "InheritWarningLevel") => settings[ClRule.WarningLevel],
        ClRule.ObjectFile when settings.IsAssigned => settings[ClSettings.GivenObjectFile],
        ClRule.LanguageStandard when settings.Is(ClRule.CompileAs, "CompileAsC") => "",
        ClRule.LanguageStandardOfC when settings.Is(ClRule.CompileAs, "CompileAsCpp") => "",
        _ => settings[metadata],
    };

    public static bool IsManaged(ClSettings settings) => settings[ClRule.CompileAsManaged] is { Length: > 0 } && !settings.Is(ClRule.CompileAsManaged, "false");
}
