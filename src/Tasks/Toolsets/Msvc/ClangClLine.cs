namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>
/// What Visual Studio's clang toolset (<c>PlatformToolset=ClangCL</c>) makes of cl's line: switches that clang-cl has no use for are left out, debug information is always in the
/// object, and the target stands before the project's own options. After lines in public build logs of Visual Studio 2019 and 2022 for x64.
/// </summary>
internal static class ClangClLine
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        ClRule.SupportJustMyCode, "SDLCheck", "ForceSynchronousPDBWrites", "WholeProgramOptimization", "MinimalRebuild", "BasicRuntimeChecks", "SmallerTypeCheck",
        "TreatWChar_tAsBuiltInType", "ForceConformanceInForLoopScope", "RemoveUnreferencedCodeData", ClRule.ProgramDataBaseFileName, ClRule.ExternalWarningLevel,
        "EnablePREfast", ClRule.UseFullPaths,
    };

    public static ClLine Of(ClLine line, int version) => line with { Words = [.. line.Words.Where(word => IsKept(word, version)).Select(Embed)] };

    /// <summary>The words with the target as Visual Studio adds it to the project's options.</summary>
    public static IReadOnlyList<ClWord> WithTarget(IReadOnlyList<ClWord> words, string platform)
    {
        string own = words.LastOrDefault(word => word.Metadata == ClRule.AdditionalOptions)?.Value ?? "";
        string options = $"--target={Target(platform)} {own}";
        return [.. words.Where(word => word.Metadata != ClRule.AdditionalOptions), new ClWord(ClRule.AdditionalOptions, "", options, options)];
    }

    private static string Target(string platform) => platform.ToUpperInvariant() switch
    {
        "WIN32" or "X86" => "i686-pc-windows-msvc",
        "ARM64" => "arm64-pc-windows-msvc",
        _ => "amd64-pc-windows-msvc",
    };

    private static bool IsKept(ClWord word, int version) =>
        !LeftOut.Contains(word.Metadata) && (word.Metadata != ClRule.ConformanceMode || version < ClRule.VisualStudio2022);

    private static ClWord Embed(ClWord word) => word.Metadata == ClRule.DebugInformationFormat ? word with { Switch = "/Z7" } : word;
}
