using static DistBuild.Tasks.Toolsets.Gcc.ClMeaning;

namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>The options of cl that AdditionalOptions may hold; those with a metadata of the same meaning go through <see cref="MetadataTable"/>.</summary>
internal static class ClOptionTable
{
    public static IReadOnlyList<ClOption> Rows { get; } =
    [
        .. Of("Optimization", ("Od", "Disabled"), ("O1", "MinSpace"), ("O2", "MaxSpeed"), ("Ox", "Full")),
        .. Of("InlineFunctionExpansion", ("Ob0", "Disabled"), ("Ob1", "OnlyExplicitInline"), ("Ob2", "AnySuitable"), ("Ob3", "AnySuitable")),
        .. Of("FavorSizeOrSpeed", ("Os", "Size"), ("Ot", "Speed")),
        .. Of("OmitFramePointers", ("Oy", "true"), ("Oy-", "false")),
        .. Of("WholeProgramOptimization", ("GL", "true"), ("GL-", "false")),
        .. Of("DebugInformationFormat", ("Z7", "OldStyle"), ("Zi", "ProgramDatabase"), ("ZI", "EditAndContinue")),
        .. Of("WarningLevel", ("w", "TurnOffAllWarnings"), ("W0", "TurnOffAllWarnings"), ("W1", "Level1"), ("W2", "Level2")),
        .. Of("WarningLevel", ("W3", "Level3"), ("W4", "Level4"), ("Wall", "EnableAllWarnings")),
        .. Of("TreatWarningAsError", ("WX", "true"), ("WX-", "false")),
        .. Of("ExceptionHandling", ("EHsc", "Sync"), ("EHs", "SyncCThrow"), ("EHa", "Async")),
        .. Of("ExceptionHandling", ("EHsc-", "false"), ("EHs-", "false"), ("EHs-c-", "false"), ("EHa-", "false")),
        .. Of("RuntimeTypeInfo", ("GR", "true"), ("GR-", "false")),
        .. Of("LanguageStandard", ("std:c++14", "stdcpp14"), ("std:c++17", "stdcpp17"), ("std:c++20", "stdcpp20")),
        .. Of("LanguageStandard", ("std:c++23preview", "stdcpp23"), ("std:c++23", "stdcpp23"), ("std:c++latest", "stdcpplatest")),
        .. Of("LanguageStandard_C", ("std:c11", "stdc11"), ("std:c17", "stdc17"), ("std:c23", "stdc23"), ("std:clatest", "stdclatest")),
        .. Of("EnableEnhancedInstructionSet", ("arch:IA32", "NoExtensions"), ("arch:SSE", "StreamingSIMDExtensions")),
        .. Of("EnableEnhancedInstructionSet", ("arch:SSE2", "StreamingSIMDExtensions2"), ("arch:AVX", "AdvancedVectorExtensions")),
        .. Of("EnableEnhancedInstructionSet", ("arch:AVX2", "AdvancedVectorExtensions2"), ("arch:AVX512", "AdvancedVectorExtensions512")),
        .. Of("EnableVectorLength", ("vlen=256", "VectorLength256"), ("vlen=512", "VectorLength512")),
        .. Of("FloatingPointModel", ("fp:precise", "Precise"), ("fp:strict", "Strict"), ("fp:fast", "Fast")),
        .. Of("FloatingPointExceptions", ("fp:except", "true"), ("fp:except-", "false")),
        .. Of("OpenMPSupport", ("openmp", "true"), ("openmp-", "false"), ("openmp:llvm", "true"), ("openmp:experimental", "true")),
        .. Of("DefaultCharIsUnsigned", ("J", "true")),
        .. Of("CompileAs", ("TC", "CompileAsC"), ("TP", "CompileAsCpp"), ("exportHeader", "CompileAsHeaderUnit")),
        .. Of("CompileAs", ("interface", "CompileAsCppModule"), ("internalPartition", "CompileAsCppModuleInternalPartition")),
        .. Of("BufferSecurityCheck", ("GS", "true"), ("GS-", "false")),
        .. Of("FunctionLevelLinking", ("Gy", "true"), ("Gy-", "false")),
        .. Of("StructMemberAlignment", ("Zp", "1Byte"), ("Zp1", "1Byte"), ("Zp2", "2Bytes"), ("Zp4", "4Bytes"), ("Zp8", "8Bytes"), ("Zp16", "16Bytes")),
        .. Of("RuntimeLibrary", ("MT", "MultiThreaded"), ("MTd", "MultiThreadedDebug"), ("MD", "MultiThreadedDLL"), ("MDd", "MultiThreadedDebugDLL")),
        .. Of("UndefineAllPreprocessorDefinitions", ("u", "true")),
        .. Of("IgnoreStandardIncludePath", ("X", "true")),
        .. Of("DisableLanguageExtensions", ("Za", "true"), ("Ze", "false")),
        .. Of("PreprocessToFile", ("P", "true"), ("E", "true"), ("EP", "true")),
        .. Of("ShowIncludes", ("showIncludes", "true")),
        .. Of("EnablePREfast", ("analyze", "true"), ("analyze-", "false")),
        .. Of("CompileAsWinRT", ("ZW", "true")),
        .. Of("ControlFlowGuard", ("guard:cf", "Guard"), ("guard:cf-", "false")),
        .. Of("GuardEHContMetadata", ("guard:ehcont", "true"), ("guard:ehcont-", "false")),
        .. Of("GuardSignedReturns", ("guard:signret", "true"), ("guard:signret-", "false")),
        .. Of("SpectreMitigation", ("Qspectre", "Spectre"), ("Qspectre-load", "SpectreLoad"), ("Qspectre-load-cf", "SpectreLoadCF"), ("Qspectre-", "false")),
        .. Of("EnableASAN", ("fsanitize=address", "true")),
        .. Of("EnableFuzzer", ("fsanitize=fuzzer", "true")),
        .. Of("AssemblerOutput", ("FA", "AssemblyCode"), ("FAc", "AssemblyAndMachineCode"), ("FAs", "AssemblyAndSourceCode"), ("FAcs", "All")),
        .. Of("EnableModules", ("experimental:module", "true")),
        .. Of("TranslateIncludes", ("translateInclude", "true")),
        new("FR*", Metadata, "BrowseInformation", "true"),
        new("Fr*", Metadata, "BrowseInformation", "true"),
        new("doc*", Metadata, "GenerateXMLDocumentationFiles", "true"),
        new("clr*", Metadata, "CompileAsManaged", "true"),

        new("I*", List, MetadataLists.AdditionalIncludeDirectories) { TakesNext = true },
        new("external:I*", List, "ExternalIncludePath") { TakesNext = true },
        new("imsvc*", List, "ExternalIncludePath") { TakesNext = true },
        new("D*", List, MetadataLists.PreprocessorDefinitions) { TakesNext = true },
        new("U*", List, MetadataLists.UndefinePreprocessorDefinitions) { TakesNext = true },
        new("FI*", List, MetadataLists.ForcedIncludeFiles) { TakesNext = true },
        new("wd*", List, MetadataLists.DisableSpecificWarnings) { TakesNext = true },
        new("we*", List, MetadataLists.TreatSpecificWarningsAsErrors) { TakesNext = true },
        new("FU*", List, MetadataLists.ForcedUsingFiles) { TakesNext = true },
        new("headerUnit*", List, MetadataLists.AdditionalHeaderUnitDependencies) { TakesNext = true },
        new("reference*", List, MetadataLists.AdditionalModuleDependencies) { TakesNext = true },

        new("clang:*", Arguments, "what follows is clang's own"),
        new("Gw", Arguments, "") { Arguments = ["-fdata-sections"] },
        new("Zc:char8_t-", Arguments, "") { Arguments = ["-fno-char8_t"], Languages = SourceLanguages.Cxx },
        new("Zc:threadSafeInit-", Arguments, "") { Arguments = ["-fno-threadsafe-statics"], Languages = SourceLanguages.Cxx },
        new("Zc:sizedDealloc-", Arguments, "") { Arguments = ["-fno-sized-deallocation"], Languages = SourceLanguages.Cxx },
        new("Zc:alignedNew-", Arguments, "") { Arguments = ["-fno-aligned-new"], Languages = SourceLanguages.Cxx },

        new("Zs", Refused, "it only checks the syntax and makes no object"),
        new("link", Noted, "it and all after it belong to the linker; put them into the project's Link settings"),
        new("source-charset:*", Noted, "gcc and clang read UTF-8; gcc has -finput-charset=…"),
        new("execution-charset:*", Noted, "gcc and clang write UTF-8; gcc has -fexec-charset=…"),
        new("Fo*", Noted, "ObjectFileName says where the object goes"),
        new("await*", Noted, "coroutines come with C++20 (LanguageStandard=stdcpp20)"),
        .. ClOptionsWithoutCounterpart.Rows,
    ];

    public static IReadOnlyDictionary<string, ClOption> Exact { get; } =
        Rows.Where(row => !row.IsPrefix).ToDictionary(row => row.Switch, StringComparer.Ordinal);

    public static IReadOnlyList<ClOption> Prefixes { get; } = [.. Rows.Where(row => row.IsPrefix).OrderByDescending(row => row.Stem.Length)];

    private static IEnumerable<ClOption> Of(string metadata, params (string Switch, string Value)[] switches) =>
        switches.Select(pair => new ClOption(pair.Switch, Metadata, metadata, pair.Value));
}
