using static DistBuild.Core.Compilers.Gcc.GccOptions;
using static DistBuild.Core.Compilers.Gcc.OptionForm;
using static DistBuild.Core.Compilers.Gcc.OptionRole;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>Where clang 19 differs from <see cref="GccOptions.Shared"/> ("Clang command line argument reference").</summary>
internal static class ClangOptions
{
    public static readonly IReadOnlyList<GccOption> Differences =
    [
        .. All(Preprocessor, JoinedOrSeparate, "-F", "-iframework", "-iwithsysroot", "-isystem-after", "-cxx-isystem", "-c-isystem", "-stdlib++-isystem"),
        .. All(Preprocessor, JoinedOrSeparate, "-iframeworkwithsysroot"),
        .. All(Preprocessor, Joined, "-stdlib="),
        .. All(Unread, Alone, "-fno-color-diagnostics"),

        // Diagnostics about unused arguments are part of what clang prints, and debug information can name the system root.
        .. All(Key, JoinedOrSeparate, "-L", "-l", "-isysroot", "--sysroot"),
        .. All(Key, Joined, "--sysroot=", "--target=", "--gcc-toolchain=", "--gcc-install-dir=", "--gcc-triple="),
        .. All(Key, Separate, "-target", "-gcc-toolchain"),

        .. Refused("an option for the compiler proper is not known to be harmless", Separate, "-Xclang", "-Xopenmp-target", "-Xanalyzer"),
        .. Refused("an option for the compiler proper is not known to be harmless", Separate, "-Xcuda-fatbinary", "-Xcuda-ptxas"),
        .. Refused("an option for the compiler proper is not known to be harmless", Joined, "-Xclang=", "-Xarch_", "-Xopenmp-target="),
        .. Refused("it names a file whose content decides the text", JoinedOrSeparate, "-ivfsoverlay", "-imacros", "-vfsoverlay"),
        .. Refused("it changes how the driver reads the command line", Joined, "--driver-mode=", "--config", "--no-default-config", "-ccc-", "-cc1"),
        .. Refused("it changes how the driver reads the command line", Joined, "-working-directory", "--autocomplete="),
        .. Refused("it runs another assembler", Alone, "-fno-integrated-as", "-no-integrated-as"),
        .. Refused("it writes more files than the object", Separate, "--serialize-diagnostics", "-serialize-diagnostics", "-index-store-path"),
        .. Refused("it writes more files than the object", Separate, "-gen-cdb-fragment-path", "-dependency-dot"),
        .. Refused("it writes more files than the object", Joined, "-fproc-stat-report", "-fdiagnostics-format", "-fthin-link-bitcode="),
        .. Refused("it writes more files than the object", Joined, "-module-dependency-dir"),
        .. Refused("it makes no object", Joined, "--analyze", "-emit-ast", "-emit-pch", "-verify-pch", "-rewrite-", "--precompile", "-emit-interface-stubs"),
        .. Refused("it writes the dependency file for another make", Alone, "-MV"),
        .. Refused("an option of LLVM is not known to be harmless", Separate, "-mllvm"),
        .. Refused("an option of LLVM is not known to be harmless", Joined, "-mllvm="),
        .. Refused("it records the command line in the object", Joined, "-fembed-bitcode"),
        .. Refused("it changes where the compiler finds its own files", Joined, "-resource-dir="),
        .. Refused("it changes where the compiler finds its own files", Separate, "-resource-dir"),
        .. Refused("it names a file whose content decides the object", Joined, "-fembed-offload-object=", "-fmemory-profile-use=", "-fxray-", "-fapinotes"),
        .. Refused("it names a file whose content decides the object", Joined, "-fexperimental-sanitize-metadata-ignorelist=", "-fbasic-block-sections=list="),
        .. Refused("it uses a precompiled header", Separate, "-include-pch"),
    ];
}
