namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

/// <summary>The metadata that Visual Studio's rule for cl has (v170), with the values of those that have a fixed set, in cl's order; in lower case.</summary>
internal static class ClRule
{
    private const string Table = """
        AdditionalIncludeDirectories
        AdditionalUsingDirectories
        AdditionalBMIDirectories
        AdditionalModuleDependencies
        AdditionalHeaderUnitDependencies
        TranslateIncludes: true false
        DebugInformationFormat: none oldstyle programdatabase editandcontinue
        SupportJustMyCode: true false
        CompileAsManaged: false true pure safe
        CompileAsWinRT: true false
        WinRTNoStdLib: true false
        SuppressStartupBanner: true false
        WarningLevel: turnoffallwarnings level1 level2 level3 level4 enableallwarnings
        TreatWarningAsError: true false
        WarningVersion
        DiagnosticsFormat: caret column classic
        SDLCheck: true false
        MultiProcessorCompilation
        ForceSynchronousPDBWrites: true false
        EnableASAN: true false
        EnableFuzzer: true false
        Optimization: custom disabled minspace maxspeed full
        InlineFunctionExpansion: default disabled onlyexplicitinline anysuitable
        IntrinsicFunctions: true false
        FavorSizeOrSpeed: size speed neither
        OmitFramePointers: true false
        EnableFiberSafeOptimizations: true false
        WholeProgramOptimization: true false
        PreprocessorDefinitions
        UndefinePreprocessorDefinitions
        UndefineAllPreprocessorDefinitions: true false
        IgnoreStandardIncludePath: true false
        PreprocessToFile: true false
        PreprocessOutputPath
        PreprocessSuppressLineNumbers: true false
        PreprocessKeepComments: true false
        UseStandardPreprocessor: true false
        StringPooling: true false
        MinimalRebuild: true false
        ExceptionHandling: async sync synccthrow false
        SmallerTypeCheck: true false
        BasicRuntimeChecks: stackframeruntimecheck uninitializedlocalusagecheck enablefastchecks default
        RuntimeLibrary: multithreaded multithreadeddebug multithreadeddll multithreadeddebugdll
        StructMemberAlignment: 1byte 2bytes 4bytes 8bytes 16bytes default
        BufferSecurityCheck: false true
        ControlFlowGuard: guard false
        FunctionLevelLinking: true false
        EnableParallelCodeGeneration: true false
        EnableEnhancedInstructionSet: streamingsimdextensions streamingsimdextensions2 advancedvectorextensions advancedvectorextensions2
        EnableEnhancedInstructionSet: advancedvectorextensions512 advancedvectorextensions101 virtualizationextensions armvfpv4instructions
        EnableEnhancedInstructionSet: cpuextensionrequirementsarmv80 cpuextensionrequirementsarmv81 cpuextensionrequirementsarmv82 cpuextensionrequirementsarmv83
        EnableEnhancedInstructionSet: cpuextensionrequirementsarmv84 cpuextensionrequirementsarmv85 cpuextensionrequirementsarmv86 cpuextensionrequirementsarmv87
        EnableEnhancedInstructionSet: cpuextensionrequirementsarmv88 noextensions notset
        EnableVectorLength: notset vectorlength256 vectorlength512
        FloatingPointModel: precise strict fast default
        FloatingPointExceptions: true false
        CreateHotpatchableImage: true false
        SpectreMitigation: spectre spectreload spectreloadcf false
        IntelJCCErratum: true false
        GuardEHContMetadata: true false
        GuardSignedReturns: true false
        DisableLanguageExtensions: true false
        TreatWChar_tAsBuiltInType: true false
        ForceConformanceInForLoopScope: true false
        RemoveUnreferencedCodeData: true false
        EnforceTypeConversionRules: true false
        RuntimeTypeInfo: true false
        OpenMPSupport: true false
        LanguageStandard: default stdcpp14 stdcpp17 stdcpp20 stdcpp23 stdcpplatest
        LanguageStandard_C: default stdc11 stdc17 stdclatest
        ConformanceMode: default true false
        EnableModules: true false
        StdIfcDirectory
        PrecompiledHeader: create use notusing
        PrecompiledHeaderOutputFile
        ExpandAttributedSource: true false
        AssemblerOutput: nolisting assemblycode assemblyandmachinecode assemblyandsourcecode all
        UseUnicodeForAssemblerListing: true false
        AssemblerListingLocation
        ModuleOutputFile
        GenerateModuleDependencies
        ObjectFileName
        ProgramDataBaseFileName
        GenerateXMLDocumentationFiles
        GenerateSourceDependencies
        BrowseInformation
        ExternalDirectoriesEnv
        TreatAngleIncludeAsExternal: true false
        ExternalWarningLevel: turnoffallwarnings level1 level2 level3 level4 enableallwarnings inheritwarninglevel
        TreatExternalTemplatesAsInternal: false
        DisableAnalyzeExternal: true false
        AnalyzeExternalRuleset
        CallingConvention: cdecl fastcall stdcall vectorcall
        CompileAs: default compileasc compileascpp compileascppmodule compileascppmoduleinternalpartition compileasheaderunit
        DisableSpecificWarnings
        ForcedIncludeFiles
        ForcedUsingFiles
        ShowIncludes: true false
        EnablePREfast: true false
        PREfastLog
        PREfastRulesetFile
        PREfastAdditionalOptions
        PREfastAdditionalPlugins
        UseFullPaths: true false
        OmitDefaultLibName: true false
        ErrorReporting: none prompt queue send
        TreatSpecificWarningsAsErrors
        AdditionalOptions
        """;

    public static IEnumerable<string> Metadata => Lines.Select(line => line[0]);

    public static IEnumerable<(string Metadata, string Value)> Values =>
        Lines.Where(line => line.Length > 1).SelectMany(line => line[1].Split(' ').Select(value => (line[0], value)));

    private static IEnumerable<string[]> Lines => Table.Split('\n').Select(line => line.Split(": "));
}
