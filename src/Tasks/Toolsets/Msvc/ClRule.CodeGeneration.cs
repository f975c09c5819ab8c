namespace DistBuild.Tasks.Toolsets.Msvc;

internal static partial class ClRule
{
    private static IEnumerable<ClSwitch> CodeGeneration =>
    [
        Flag("EnableASAN", "/fsanitize=address"),
        Flag("EnableFuzzer", "/fsanitize=fuzzer"),
        Value("Optimization", ("Custom", ""), ("Disabled", "/Od"), ("MinSpace", "/O1"), ("MaxSpeed", "/O2"), ("Full", "/Ox")),
        Value("InlineFunctionExpansion", ("Default", ""), ("Disabled", "/Ob0"), ("OnlyExplicitInline", "/Ob1"), ("AnySuitable", "/Ob2")),
        Flag("IntrinsicFunctions", "/Oi"),
        Value("FavorSizeOrSpeed", ("Size", "/Os"), ("Speed", "/Ot"), ("Neither", "")),
        Flag("OmitFramePointers", "/Oy", "/Oy-"),
        Flag("EnableFiberSafeOptimizations", "/GT"),
        Flag("WholeProgramOptimization", "/GL"),
        Items("PreprocessorDefinitions", "/D "),
        Items("UndefinePreprocessorDefinitions", "/U"),
        Flag("UndefineAllPreprocessorDefinitions", "/u"),
        Flag("IgnoreStandardIncludePath", "/X"),
        Flag("PreprocessToFile", "/P"),
        File("PreprocessOutputPath", "/Fi"),
        Flag("PreprocessSuppressLineNumbers", "/EP"),
        Flag("PreprocessKeepComments", "/C"),
        Flag("UseStandardPreprocessor", "/Zc:preprocessor", "/Zc:preprocessor-"),
        Flag("StringPooling", "/GF", "/GF-"),
        Flag("MinimalRebuild", "/Gm", "/Gm-"),
        Value("ExceptionHandling", ("Async", "/EHa"), ("Sync", "/EHsc"), ("SyncCThrow", "/EHs"), ("false", "")),
        Flag("SmallerTypeCheck", "/RTCc"),
        Value(
            "BasicRuntimeChecks",
            ("StackFrameRuntimeCheck", "/RTCs"), ("UninitializedLocalUsageCheck", "/RTCu"), ("EnableFastChecks", "/RTC1"), ("Default", "")),
        Value(
            "RuntimeLibrary",
            ("MultiThreaded", "/MT"), ("MultiThreadedDebug", "/MTd"), ("MultiThreadedDLL", "/MD"), ("MultiThreadedDebugDLL", "/MDd")),
        Value(
            "StructMemberAlignment",
            ("1Byte", "/Zp1"), ("2Bytes", "/Zp2"), ("4Bytes", "/Zp4"), ("8Bytes", "/Zp8"), ("16Bytes", "/Zp16"), ("Default", "")),
        Flag("BufferSecurityCheck", "/GS", "/GS-"),
        Value("ControlFlowGuard", ("Guard", "/guard:cf"), ("false", "")),
        Flag("FunctionLevelLinking", "/Gy", "/Gy-"),
        Flag("EnableParallelCodeGeneration", "/Qpar", "/Qpar-"),
        Value("EnableEnhancedInstructionSet", [.. InstructionSets, ("NoExtensions", "/arch:IA32"), ("NotSet", "")]),
        Value("EnableVectorLength", ("NotSet", ""), ("VectorLength256", "/vlen=256"), ("VectorLength512", "/vlen=512")),
        Value("FloatingPointModel", ("Precise", "/fp:precise"), ("Strict", "/fp:strict"), ("Fast", "/fp:fast"), ("Default", "")),
        Flag("FloatingPointExceptions", "/fp:except", "/fp:except-"),
        Flag("CreateHotpatchableImage", "/hotpatch"),
        Since(
            VisualStudio2017,
            Value("SpectreMitigation", ("Spectre", "/Qspectre"), ("SpectreLoad", "/Qspectre-load"), ("SpectreLoadCF", "/Qspectre-load-cf"), ("false", ""))),
        Flag("IntelJCCErratum", "/QIntel-jcc-erratum"),
        Flag("GuardEHContMetadata", "/guard:ehcont", "/guard:ehcont-"),
        Flag("GuardSignedReturns", "/guard:signret", "/guard:signret-"),
    ];

    private static IEnumerable<(string Value, string Switch)> InstructionSets =>
    [
        ("StreamingSIMDExtensions", "/arch:SSE"),
        ("StreamingSIMDExtensions2", "/arch:SSE2"),
        ("AdvancedVectorExtensions", "/arch:AVX"),
        ("AdvancedVectorExtensions2", "/arch:AVX2"),
        ("AdvancedVectorExtensions512", "/arch:AVX512"),
        ("AdvancedVectorExtensions101", "/arch:AVX10.1"),
        ("VirtualizationExtensions", "/arch:ARMv7VE"),
        ("ARMVFPv4Instructions", "/arch:VFPv4"),
        .. Enumerable.Range(0, 9).Select(minor => ($"CPUExtensionRequirementsARMv8{minor}", $"/arch:armv8.{minor}")),
    ];
}
