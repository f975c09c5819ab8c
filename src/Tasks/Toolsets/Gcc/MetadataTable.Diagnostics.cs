using static DistBuild.Tasks.Toolsets.Gcc.MetadataRow;

namespace DistBuild.Tasks.Toolsets.Gcc;

internal static partial class MetadataTable
{
    // MSVC knows #pragma warning, comment, region; gcc and clang would warn of each, and fail the build where warnings are errors.
    private const string NoPragmas = "-Wno-unknown-pragmas";

    private static IEnumerable<MetadataRow> Diagnostics =>
    [
        Mapped("WarningLevel", "TurnOffAllWarnings", "-w"),
        Mapped("WarningLevel", "Level1", NoPragmas) with { Why = "what gcc and clang warn of by default is nearest to levels 1 and 2" },
        Mapped("WarningLevel", "Level2", NoPragmas) with { Why = "as Level1" },
        Mapped("WarningLevel", "Level3", "-Wall", NoPragmas) with { Why = "MSVC's own pragmas are not warned of" },
        Mapped("WarningLevel", "Level4", "-Wall", "-Wextra", NoPragmas) with { Why = "as Level3" },
        Mapped("WarningLevel", "EnableAllWarnings", "-Wall", "-Wextra", "-Wpedantic", NoPragmas) with { Why = "as Level3" },
        Mapped("TreatWarningAsError", "true", "-Werror") with { Why = "the project asks for it; [to have it otherwise here](#warnings-as-errors)" },
        Nothing("TreatWarningAsError", "false", "default"),
        Nothing("WarningVersion", Any, "warnings are those of the installed compiler"),
        Nothing("DiagnosticsFormat", Any, "MSBuild prints file, line and column; the source line is never printed"),
        Nothing("SDLCheck", Any, "a set of MSVC's own warnings and checks"),
        Nothing("ExternalWarningLevel", Any, "gcc and clang do not warn in external headers (-isystem) at any level"),
        Nothing("TreatAngleIncludeAsExternal", Any, "gcc and clang go by the folder"),
        Nothing("TreatExternalTemplatesAsInternal", Any, "gcc and clang go by the folder"),
        Nothing("UseFullPaths", Any, "paths stay relative to the project, so that objects do not depend on the checkout's place"),
        Noted("EnablePREfast", "true", "code analysis is not run; gcc has -fanalyzer, clang has clang --analyze"),
        Nothing("EnablePREfast", "false", "default"),
        Nothing("PREfastLog", Any, "code analysis is not run"),
        Nothing("PREfastRulesetFile", Any, "code analysis is not run"),
        Nothing("PREfastAdditionalOptions", Any, "code analysis is not run"),
        Nothing("PREfastAdditionalPlugins", Any, "code analysis is not run"),
        Nothing("DisableAnalyzeExternal", Any, "code analysis is not run"),
        Nothing("AnalyzeExternalRuleset", Any, "code analysis is not run"),
        Nothing("SuppressStartupBanner", Any, "there is no banner"),
        Nothing("ErrorReporting", Any, "concerns only cl.exe"),
    ];
}
