using DistBuild.Core.Compilers.Gcc;
using static DistBuild.Core.Compilers.Gcc.OptionForm;
using static DistBuild.Core.Compilers.Msvc.ClRole;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// The switches of cl ("Compiler options listed alphabetically", Microsoft C++ reference) as far as both cl.exe and clang-cl read them. Whatever is missing
/// here is hashed verbatim and never taken for a file.
/// </summary>
internal static class ClOptions
{
    private const string Preprocesses = "it only preprocesses";
    private const string MoreOutputs = "it writes more files than the object";
    private const string Managed = "managed code reads metadata files that no compiler reports";
    private const string Modules = "modules are not served yet";
    private const string Analysis = "code analysis sees more than the preprocessed text, and writes files of its own";

    public static readonly IReadOnlyList<ClOption> Shared =
    [
        new("/c", Alone, Compile),
        new("/Fo", Joined, ClRole.Object),
        new("/Fo:", JoinedOrSeparate, ClRole.Object),
        .. All(Source, JoinedOrSeparate, "/Tc", "/Tp"),
        .. All(Language, Alone, "/TC", "/TP"),
        .. All(NoObject, Alone, "/?", "/help", "/HELP"),
        new("/link", Alone, Linker),

        .. All(Preprocessor, JoinedOrSeparate, "/I", "/D", "/U", "/FI", "/external:I"),
        .. All(Preprocessor, Joined, "/external:env:"),
        .. All(Preprocessor, Alone, "/X"),
        .. All(Precompiled, Joined, "/Yc", "/Yu", "/Fp"),
        .. All(Precompiled, JoinedOrSeparate, "/Fp:"),
        .. All(Precompiled, Alone, "/Y-"),
        .. All(Notes, Alone, "/showIncludes", "/showIncludes:user"),
        .. All(Key, Alone, "/Z7", "/Zi", "/JMC", "/JMC-", "/fsanitize=address"),
        .. All(Unread, Alone, "/nologo", "/FS"),
        .. All(Unread, Joined, "/errorReport:", "/Fd"),
        .. All(Unread, JoinedOrSeparate, "/Fd:"),

        .. Refused(Preprocesses, Alone, "/E", "/EP", "/P"),
        .. Refused("it checks the source and makes no object", Alone, "/Zs"),
        .. Refused("it takes away the macros that the compiler defines by itself", Alone, "/u"),
        .. Refused(MoreOutputs, Joined, "/FA", "/Fa", "/FR", "/Fr", "/doc", "/Fx"),
        .. Refused("it recompiles by changes it keeps in a database", Alone, "/Gm"),
        .. Refused("edit and continue keeps its debug information in a database", Alone, "/ZI"),
        .. Refused(Managed, Joined, "/clr", "/ZW"),
        .. Refused(Managed, JoinedOrSeparate, "/AI", "/FU"),
        .. Refused(Analysis, Joined, "/analyze"),
        .. Refused(Modules, Alone, "/experimental:module", "/interface", "/internalPartition", "/exportHeader", "/translateInclude", "/ifcOnly"),
        .. Refused(Modules, Separate, "/ifcOutput", "/ifcSearchDir", "/ifcMap", "/stdIfcDir", "/reference", "/headerUnit", "/headerUnit:quote", "/headerUnit:angle"),
        .. Refused(Modules, Joined, "/headerName:", "/scanDependencies", "/sourceDependencies:directives"),
        .. Refused("it writes a list of what it read beside the object", JoinedOrSeparate, "/sourceDependencies"),

        .. All(Key, Alone, "/analyze-", "/Gm-", "/C", "/FC", "/J", "/bigobj", "/sdl", "/sdl-", "/utf-8", "/hotpatch", "/Brepro", "/Brepro-"),
        .. All(Key, Alone, "/GF", "/GF-", "/GA", "/GL", "/GL-", "/GR", "/GR-", "/GS", "/GS-", "/GT", "/GX", "/GX-", "/Gd", "/Gr", "/Gv", "/Gz", "/Gw", "/Gw-", "/Gy", "/Gy-"),
        .. All(Key, Alone, "/MD", "/MDd", "/MT", "/MTd", "/LD", "/LDd", "/openmp", "/openmp-", "/permissive", "/permissive-", "/Za", "/Ze", "/Zl", "/Zo", "/Zo-"),
        .. All(Key, Alone, "/W0", "/W1", "/W2", "/W3", "/W4", "/WX", "/WX-", "/Wall", "/w", "/external:anglebrackets", "/external:templates-"),
        .. All(Key, Alone, "/Qpar", "/Qpar-", "/Qspectre", "/Qspectre-load", "/Qspectre-load-cf", "/QIntel-jcc-erratum", "/await", "/homeparams", "/kernel", "/kernel-"),
        .. All(Key, Joined, "/O", "/EH", "/RTC", "/Zp", "/Zc:", "/ZH:", "/Gs", "/arch:", "/favor:", "/fp:", "/guard:", "/std:", "/openmp:", "/vd", "/vm", "/vlen="),
        .. All(Key, Joined, "/wd", "/we", "/wo", "/Wv:", "/external:W", "/diagnostics:", "/source-charset:", "/execution-charset:", "/volatile:", "/constexpr:", "/d1", "/d2"),
        .. All(Key, Joined, "/MP", "/Fe", "/Fm", "/Fi"),
    ];

    public static IEnumerable<ClOption> All(ClRole role, OptionForm form, params string[] names) => names.Select(name => new ClOption(name, form, role));

    public static IEnumerable<ClOption> Refused(string why, OptionForm form, params string[] names) => names.Select(name => new ClOption(name, form, Local, why));
}
