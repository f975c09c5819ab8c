using static DistBuild.Tasks.Toolsets.Gcc.MetadataRow;

namespace DistBuild.Tasks.Toolsets.Gcc;

internal static partial class MetadataTable
{
    private const string NoCounterpart = "gcc and clang have no counterpart on this system";

    private static IEnumerable<MetadataRow> CodeGeneration =>
    [
        Nothing("DebugInformationFormat", "None", "default"),
        .. Each("DebugInformationFormat", ["OldStyle", "ProgramDatabase", "EditAndContinue"], "-g"),
        Nothing("SupportJustMyCode", Any, "concerns only Visual Studio's debugger"),
        Mapped("EnableASAN", "true", "-fsanitize=address") with { Why = "the link needs it as well" },
        Nothing("EnableASAN", "false", "default"),
        Noted("EnableFuzzer", "true", "clang's own option is -fsanitize=fuzzer; put it into AdditionalOptions of the compile and the link"),
        Nothing("EnableFuzzer", "false", "default"),
        Mapped("Optimization", "Disabled", "-O0"),
        Mapped("Optimization", "MinSpace", "-Os"),
        Mapped("Optimization", "MaxSpeed", "-O2"),
        Mapped("Optimization", "Full", "-O2") with { Why = "/Ox is a part of /O2, not more" },
        Nothing("Optimization", "Custom", "the compiler's default"),
        Nothing("InlineFunctionExpansion", "Default", "default"),
        Mapped("InlineFunctionExpansion", "Disabled", "-fno-inline"),
        Mapped("InlineFunctionExpansion", "OnlyExplicitInline", "-fno-inline-functions"),
        Mapped("InlineFunctionExpansion", "AnySuitable", "-finline-functions"),
        Nothing("IntrinsicFunctions", Any, "always on where the compiler optimizes"),
        Mapped("FavorSizeOrSpeed", "Size", "-Os") with { Beside = ("Optimization", ["MaxSpeed", "Full"]) },
        Mapped("FavorSizeOrSpeed", "Speed", "-O2") with { Beside = ("Optimization", ["MinSpace"]) },
        Nothing("FavorSizeOrSpeed", "Neither", "default"),
        Mapped("OmitFramePointers", "true", "-fomit-frame-pointer"),
        Mapped("OmitFramePointers", "false", "-fno-omit-frame-pointer"),
        Nothing("EnableFiberSafeOptimizations", Any, "concerns only Windows fibers"),
        Mapped("WholeProgramOptimization", "true", "-flto", "-ffat-lto-objects") with
        {
            // clang before 17 has no fat objects; it may say so, but that must not become an error.
            Clang = ["-flto", "-Wno-ignored-optimization-argument", "-ffat-lto-objects"],
            Why = "objects link with -flto and without; -frandom-seed=<source> makes them reproducible",
        },
        Nothing("WholeProgramOptimization", "false", "default"),
        Nothing("BasicRuntimeChecks", Any, "no counterpart; -fsanitize=undefined in AdditionalOptions is the nearest"),
        Nothing("SmallerTypeCheck", Any, "no counterpart; -fsanitize=undefined in AdditionalOptions is the nearest"),
        .. Each("RuntimeLibrary", ["MultiThreadedDebug", "MultiThreadedDebugDLL"], "-D_DEBUG").Select(row => row with { Why = "as /MTd and /MDd; not where the project defines _DEBUG itself" }),
        Nothing("RuntimeLibrary", Any, "there is one C runtime"),
        Packed("1Byte", "-fpack-struct=1"),
        Packed("2Bytes", "-fpack-struct=2"),
        Packed("4Bytes", "-fpack-struct=4"),
        Nothing("StructMemberAlignment", "8Bytes", "no type of Visual C++ is aligned wider by itself; -fpack-struct=8 would pack long double, which is wider here"),
        Nothing("StructMemberAlignment", "16Bytes", "as 8Bytes"),
        Nothing("StructMemberAlignment", "Default", "default"),
        Mapped("BufferSecurityCheck", "true", "-fstack-protector-strong"),
        Mapped("BufferSecurityCheck", "false", "-fno-stack-protector"),
        Noted("ControlFlowGuard", "Guard", "the operating system has no Control Flow Guard; -fcf-protection in AdditionalOptions is the nearest on x86"),
        Nothing("ControlFlowGuard", "false", "default"),
        Mapped("FunctionLevelLinking", "true", "-ffunction-sections", "-fdata-sections"),
        Nothing("FunctionLevelLinking", "false", "default"),
        Nothing("EnableParallelCodeGeneration", Any, NoCounterpart),
        .. InstructionSets,
        Nothing("FloatingPointModel", "Precise", "default"),
        Nothing("FloatingPointModel", "Default", "default"),
        Mapped("FloatingPointModel", "Strict", "-frounding-math", "-ftrapping-math", "-ffp-contract=off"),
        Mapped("FloatingPointModel", "Fast", "-ffast-math"),
        Mapped("FloatingPointExceptions", "true", "-ftrapping-math"),
        Nothing("FloatingPointExceptions", "false", "default"),
        Nothing("CreateHotpatchableImage", Any, "concerns only Windows"),
        Nothing("SpectreMitigation", "false", "default"),
        Noted("SpectreMitigation", Any, "gcc and clang mitigate by other means; see -mindirect-branch (gcc) and -mspeculative-load-hardening (clang)"),
        Nothing("IntelJCCErratum", Any, "concerns only speed on some processors; -Wa,-mbranches-within-32B-boundaries is the counterpart"),
        Noted("GuardEHContMetadata", "true", "the operating system has no EH continuation table"),
        Nothing("GuardEHContMetadata", "false", "default"),
        Noted("GuardSignedReturns", "true", "-mbranch-protection in AdditionalOptions is the counterpart on ARM64"),
        Nothing("GuardSignedReturns", "false", "default"),
        Nothing("StringPooling", Any, "always on"),
        Nothing("CallingConvention", Any, "there is one calling convention"),
        Nothing("RemoveUnreferencedCodeData", Any, "always on"),
        Nothing("OmitDefaultLibName", Any, "objects name no libraries"),
    ];

    private static IEnumerable<MetadataRow> InstructionSets =>
    [
        Nothing("EnableEnhancedInstructionSet", "NotSet", "default"),
        Nothing("EnableEnhancedInstructionSet", "NoExtensions", "the machine's own baseline"),
        X86("EnableEnhancedInstructionSet", "StreamingSIMDExtensions", "-msse"),
        X86("EnableEnhancedInstructionSet", "StreamingSIMDExtensions2", "-msse2"),
        X86("EnableEnhancedInstructionSet", "AdvancedVectorExtensions", "-mavx"),
        X86("EnableEnhancedInstructionSet", "AdvancedVectorExtensions2", "-mavx2"),
        X86("EnableEnhancedInstructionSet", "AdvancedVectorExtensions512", "-mavx512f", "-mavx512cd", "-mavx512bw", "-mavx512dq", "-mavx512vl"),
        Noted("EnableEnhancedInstructionSet", Any, "the build is for this machine's processor, whatever the platform is called; say -march=… in AdditionalOptions"),
        Nothing("EnableVectorLength", "NotSet", "default"),
        X86("EnableVectorLength", "VectorLength256", "-mprefer-vector-width=256"),
        X86("EnableVectorLength", "VectorLength512", "-mprefer-vector-width=512"),
    ];

    private static IEnumerable<MetadataRow> Each(string metadata, string[] values, params string[] arguments) =>
        values.Select(value => Mapped(metadata, value, arguments));

    private static MetadataRow Packed(string value, string argument) => Mapped("StructMemberAlignment", value, argument) with
    {
        Why = "structures of system headers are packed too, unlike on Windows; #pragma pack in the sources is safer",
        Told = true,
    };

    private static MetadataRow X86(string metadata, string value, params string[] arguments) => Mapped(metadata, value, arguments) with { OnlyX86 = true };
}
