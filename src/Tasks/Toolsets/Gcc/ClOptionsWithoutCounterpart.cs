namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>The options of cl that are dropped without a word: nothing is lost with them.</summary>
internal static class ClOptionsWithoutCounterpart
{
    private const string Always = "so it is with gcc and clang anyway";
    private const string Tool = "concerns only how cl.exe works";
    private const string Windows = "concerns only Windows binaries";
    private const string Pch = "headers are not precompiled";
    private const string Pdb = "debug information is in the object";

    public static IEnumerable<ClOption> Rows =>
    [
        .. All(Always, "utf-8", "source-charset:utf-8", "execution-charset:utf-8", "validate-charset*", "permissive", "permissive-", "Zc:*",
            "GF", "GF-", "Oi", "Oi-", "volatile:*", "Gw-", "GT", "Qvec-report*", "Qpar", "Qpar-", "fp:contract", "options:strict"),
        .. All(Tool, "c", "nologo", "MP*", "FC", "diagnostics:*", "errorReport:*", "cgthreads*", "Bt*", "FS", "Gm", "Gm-", "Zm*",
            "bigobj", "showFilenames*", "C", "external:*", "analyze:*", "Wv:*", "w1*", "w2*", "w3*", "w4*", "wo*", "sdl", "sdl-", "RTC*", "Brepro",
            "experimental:external", "experimental:deterministic", "experimental:preprocessor*", "fastfail"),
        new("sourceDependencies*", ClMeaning.Nothing, "DistBuild keeps its own record") { TakesNext = true },
        new("scanDependencies*", ClMeaning.Nothing, "DistBuild keeps its own record") { TakesNext = true },
        .. All(Windows, "Gd", "Gr", "Gz", "Gv", "GA", "GZ", "Gs*", "Ge", "Gh", "GH", "hotpatch", "homeparams", "vd*", "vm*",
            "Zl", "QIntel-jcc-erratum", "favor:*", "kernel-", "JMC", "JMC-"),
        .. All(Pch, "Yc*", "Yu*", "Y-", "Yl*", "Yd", "Fp*"),
        .. All(Pdb, "Fd*", "Zo", "Zo-", "Zf", "ZH:*"),
        .. All("no listing is written", "Fa*", "FAu"),
    ];

    private static IEnumerable<ClOption> All(string why, params string[] switches) => switches.Select(name => new ClOption(name, ClMeaning.Nothing, why));
}
