using static DistBuild.Core.Compilers.Gcc.OptionForm;
using static DistBuild.Core.Compilers.Gcc.OptionRole;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The options gcc and clang share, as far as they are more than a word to hash (gcc 12 manual, "Option Summary"; clang 19, "Clang command line
/// argument reference"). Whatever is missing here is hashed verbatim and never taken for a file.
/// </summary>
internal static class GccOptions
{
    private const string MoreOutputs = "it writes more files than the object";
    private const string ReadsFile = "it names a file whose content decides the object";
    private const string ReadsProfile = "the object depends on a recorded profile";
    private const string NamesProfile = "the object names the files its profile is written to";
    private const string OtherTools = "it changes which programs compile";
    private const string ReportsRun = "what it prints differs from run to run";
    private const string UsesModules = "modules are not served yet";
    private const string NotUnderstood = "its effect on the object is not known to this product";

    public static readonly IReadOnlyList<GccOption> Shared =
    [
        new("-c", Alone, Compile),
        new("-o", JoinedOrSeparate, OptionRole.Object),
        new("-x", JoinedOrSeparate, Language),

        .. All(NoObject, Alone, "-E", "-M", "-MM", "-###", "--version", "--help", "--target-help"),
        .. All(NoObject, Joined, "-dump", "-print-", "--print-", "--help="),
        .. Refused("it makes assembly text, not an object", Alone, "-S"),
        .. Refused("it checks the source and makes no object", Alone, "-fsyntax-only"),

        .. All(Preprocessor, JoinedOrSeparate, "-D", "-U", "-I", "-include", "-imacros", "-iquote", "-isystem", "-idirafter", "-iprefix"),
        .. All(Preprocessor, JoinedOrSeparate, "-iwithprefix", "-iwithprefixbefore"),
        .. All(Preprocessor, JoinedOrSeparate, "-isysroot", "--sysroot"),
        .. All(Preprocessor, Joined, "--sysroot="),
        .. All(Preprocessor, Separate, "-imultilib", "-imultiarch"),
        .. All(Preprocessor, Alone, "-nostdinc", "-nostdinc++", "-I-"),
        .. All(Dependencies, Alone, "-MD", "-MMD", "-MP"),
        .. All(Dependencies, JoinedOrSeparate, "-MF", "-MT", "-MQ"),

        .. All(Unread, Alone, "-pipe", "-fdiagnostics-color=auto", "-fdiagnostics-color=never", "-fno-diagnostics-color"),
        .. All(Key, Separate, "--param", "-Xlinker", "-u", "-e", "-z", "-T"),
        .. All(Key, JoinedOrSeparate, "-L", "-l"),
        .. All(Key, Joined, "-Wl,", "-frandom-seed="),

        .. Refused(MoreOutputs, Alone, "-save-temps", "--save-temps", "-fstack-usage", "-fcallgraph-info", "-ftime-trace", "-frepo"),
        .. Refused(MoreOutputs, Alone, "-fsave-optimization-record", "-gsplit-dwarf"),
        .. Refused(MoreOutputs, Joined, "-save-temps=", "--save-temps=", "-fdump-", "-fcallgraph-info=", "-ftime-trace="),
        .. Refused(MoreOutputs, Joined, "-fsave-optimization-record=", "-foptimization-record-", "-gsplit-dwarf="),
        .. Refused(MoreOutputs, Joined, "-d", "-fopt-info", "-fdbg-cnt", "-fcompare-debug", "-fdiagnostics-format=", "-fdiagnostics-add-output="),
        .. Refused(MoreOutputs, Joined, "-fdiagnostics-set-output="),
        .. Refused(MoreOutputs, Separate, "-aux-info", "-MJ"),
        .. Refused("it adds missing headers to the dependency file", Alone, "-MG"),
        .. Refused(NotUnderstood, Separate, "-dumpbase", "-dumpdir", "-dumpbase-ext", "-Xpreprocessor", "-Xassembler", "-arch", "-framework", "-A"),

        .. Refused(ReadsProfile, Alone, "-fprofile-use", "-fauto-profile", "-fbranch-probabilities", "-fprofile-values", "-fvpt"),
        .. Refused(ReadsProfile, Alone, "-fprofile-instr-use"),
        .. Refused(ReadsProfile, Joined, "-fprofile-use=", "-fauto-profile=", "-fprofile-instr-use=", "-fprofile-sample-use", "-fprofile-list="),
        .. Refused(NamesProfile, Alone, "--coverage", "-coverage", "-ftest-coverage", "-fcoverage-mapping", "-fcs-profile-generate"),
        .. Refused(NamesProfile, Joined, "-fprofile", "-fcs-profile-generate="),
        .. Refused(ReadsFile, Joined, "-fbuild-session-file=", "-fthinlto-index=", "-frandomize-layout-seed-file=", "-fsanitize-blacklist="),
        .. Refused(ReadsFile, Joined, "-fsanitize-ignorelist=", "--warning-suppression-mappings="),
        .. Refused(ReadsFile, Joined, "-fsanitize-coverage-allowlist=", "-fsanitize-coverage-ignorelist=", "-fsanitize-system-ignorelist="),
        .. Refused(ReadsFile, Joined, "-fplugin", "-fpass-plugin=", "-include-pch"),
        .. Refused(UsesModules, Joined, "-fmodule", "-fmodules", "-fprebuilt-", "-fimplicit-module", "-fcxx-modules"),
        .. Refused(OtherTools, JoinedOrSeparate, "-B"),
        .. Refused(OtherTools, Separate, "-wrapper"),
        .. Refused(OtherTools, Joined, "-specs", "--specs", "-no-integrated-cpp", "-iplugindir="),
        .. Refused(ReportsRun, Alone, "-v", "--verbose", "-H", "-Q", "-time", "-ftime-report", "-ftime-report-details", "-fmem-report"),
        .. Refused(ReportsRun, Alone, "-fmem-report-wpa", "-fpre-ipa-mem-report", "-fpost-ipa-mem-report", "-fstats"),

        .. Refused("it records the whole command line in the object", Alone, "-frecord-gcc-switches", "-frecord-command-line"),
        .. Refused("it records the whole command line in the object", Alone, "-grecord-command-line"),
        .. Refused("the text would not say where it was made, and debug information does", Alone, "-fno-working-directory"),
        .. Refused("it stands for the processor of this machine", Joined, "-march=native", "-mcpu=native", "-mtune=native"),
        .. Refused("it changes what the preprocessed text means", Alone, "-P", "-C", "-CC", "-undef", "-remap", "-traditional", "-traditional-cpp"),
        .. Refused("it changes what the preprocessed text means", Alone, "-fpreprocessed", "-fdirectives-only", "-fpch-preprocess", "-fpch-deps"),
        .. Refused("it changes what the preprocessed text means", Alone, "-fdebug-cpp"),
        .. Refused("what the assembler is told is not known to be harmless", Joined, "-Wa,"),
        .. All(Key, Alone, "-Wa,--noexecstack", "-Wa,--execstack", "-Wa,-mbig-obj"),
        .. Refused("what the preprocessor is told is not known to be harmless", Joined, "-Wp,"),
        .. All(Preprocessor, Joined, "-Wp,-D", "-Wp,-U"),
    ];

    /// <summary>Silent in a gcc compile: the linker never runs.</summary>
    public static readonly IReadOnlyList<GccOption> GccOnly =
    [
        .. All(Unread, JoinedOrSeparate, "-L", "-l"),
        .. All(Unread, Joined, "-Wl,"),
        .. All(Unread, Separate, "-Xlinker"),
    ];

    public static IEnumerable<GccOption> All(OptionRole role, OptionForm form, params string[] names) => names.Select(name => new GccOption(name, form, role));

    public static IEnumerable<GccOption> Refused(string why, OptionForm form, params string[] names) => names.Select(name => new GccOption(name, form, Local, why));
}
