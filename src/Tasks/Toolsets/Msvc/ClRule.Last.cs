namespace DistBuild.Tasks.Toolsets.Msvc;

internal static partial class ClRule
{
    private static IEnumerable<ClSwitch> External => new[]
    {
        Items("ExternalDirectoriesEnv", "/external:env:"),
        Flag("TreatAngleIncludeAsExternal", "/external:anglebrackets"),
        Value(
            ExternalWarningLevel,
            ("TurnOffAllWarnings", "/external:W0"), ("Level1", "/external:W1"), ("Level2", "/external:W2"), ("Level3", "/external:W3"),
            ("Level4", "/external:W4"), ("EnableAllWarnings", "/external:W4"), ("InheritWarningLevel", "")),
        Flag("TreatExternalTemplatesAsInternal", "", "/external:templates-"),
        Flag("DisableAnalyzeExternal", "/analyze:external-"),
        File("AnalyzeExternalRuleset", "/analyze:external:ruleset"),
    }.Select(row => Since(VisualStudio2019, row));

    private static IEnumerable<ClSwitch> Last =>
    [
        Value("CallingConvention", ("Cdecl", "/Gd"), ("FastCall", "/Gr"), ("StdCall", "/Gz"), ("VectorCall", "/Gv")),
        Value(
            CompileAs,
            ("Default", ""),
            ("CompileAsC", "/TC"),
            ("CompileAsCpp", "/TP"),
            ("CompileAsCppModule", "/interface"),
            ("CompileAsCppModuleInternalPartition", "/internalPartition"),
            ("CompileAsHeaderUnit", "/exportHeader")),
        Items("DisableSpecificWarnings", "/wd"),
        Paths(ForcedIncludeFiles, "/FI"),
        Paths("ForcedUsingFiles", "/FU"),
        Flag("ShowIncludes", "/showIncludes"),
        Flag("EnablePREfast", "/analyze", "/analyze-"),
        File("PREfastLog", "/analyze:log "),
        File("PREfastRulesetFile", "/analyze:ruleset"),
        Items("PREfastAdditionalOptions", "/analyze:"),
        Paths("PREfastAdditionalPlugins", "/analyze:plugin"),
        Flag(UseFullPaths, "/FC"),
        Flag("OmitDefaultLibName", "/Zl"),
        Value(
            "ErrorReporting",
            ("None", "/errorReport:none"), ("Prompt", "/errorReport:prompt"), ("Queue", "/errorReport:queue"), ("Send", "/errorReport:send")) with
        { IsRecorded = false },
        Items("TreatSpecificWarningsAsErrors", "/we"),
        new ClSwitch(AdditionalOptions, ClForm.Verbatim),
    ];
}
