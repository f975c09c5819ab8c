namespace DistBuild.Tasks.Toolsets.Msvc;

internal static partial class ClRule
{
    private static IEnumerable<ClSwitch> Language =>
    [
        Flag("DisableLanguageExtensions", "/Za"),
        Value(ConformanceMode, ("Default", ""), ("true", "/permissive-"), ("false", "")) with { Versions = (VisualStudio2017, VisualStudio2019) },
        Flag("TreatWChar_tAsBuiltInType", "/Zc:wchar_t", "/Zc:wchar_t-"),
        Flag("ForceConformanceInForLoopScope", "/Zc:forScope", "/Zc:forScope-"),
        Flag("RemoveUnreferencedCodeData", "/Zc:inline"),
        Flag("EnforceTypeConversionRules", "/Zc:rvalueCast", "/Zc:rvalueCast-"),
        Flag("RuntimeTypeInfo", "/GR", "/GR-"),
        Flag("OpenMPSupport", "/openmp", "/openmp-"),
        Since(
            VisualStudio2017,
            Value(
                LanguageStandard,
                ("Default", ""),
                ("stdcpp14", "/std:c++14"),
                ("stdcpp17", "/std:c++17"),
                ("stdcpp20", "/std:c++20"),
                ("stdcpp23", "/std:c++23preview"),
                ("stdcpplatest", "/std:c++latest"))),
        Since(
            VisualStudio2019,
            Value(LanguageStandardOfC, ("Default", ""), ("stdc11", "/std:c11"), ("stdc17", "/std:c17"), ("stdclatest", "/std:clatest"))),
        Since(VisualStudio2022, Value(ConformanceMode, ("Default", ""), ("true", "/permissive-"), ("false", "/permissive"))),
        Flag("EnableModules", "/experimental:module"),
        Paths("StdIfcDirectory", "/stdIfcDir "),
    ];

    private static IEnumerable<ClSwitch> Outputs =>
    [
        Value(PrecompiledHeader, ("Create", "/Yc"), ("Use", "/Yu"), ("NotUsing", "")) with { Argument = PrecompiledHeaderFile },
        File(PrecompiledHeaderOutputFile, "/Fp") with { OnlyBeside = (PrecompiledHeader, ["Create", "Use"]) },
        Flag("ExpandAttributedSource", "/Fx"),
        Value(
            AssemblerOutput,
            ("NoListing", ""), ("AssemblyCode", "/FA"), ("AssemblyAndMachineCode", "/FAc"), ("AssemblyAndSourceCode", "/FAs"), ("All", "/FAcs")),
        Flag("UseUnicodeForAssemblerListing", "/FAu"),
        File("AssemblerListingLocation", "/Fa") with { OnlyBeside = (AssemblerOutput, ["AssemblyCode", "AssemblyAndMachineCode", "AssemblyAndSourceCode", "All"]) },
        File("ModuleOutputFile", "/ifcOutput ") with { OnlyBeside = ("ScanSourceForModuleDependencies", ["true"]) },
        Flag("GenerateModuleDependencies", "/scanDependencies ") with { Argument = "ModuleDependenciesFile", IsPath = true },
        File(ObjectFile, "/Fo"),
        File(ProgramDataBaseFileName, "/Fd"),
        Flag("GenerateXMLDocumentationFiles", "/doc") with { Argument = "XMLDocumentationFileName", IsPath = true },
        Flag("GenerateSourceDependencies", "/sourceDependencies ") with { Argument = "SourceDependenciesFile", IsPath = true },
        Flag("BrowseInformation", "/FR") with { Argument = "BrowseInformationFile", IsPath = true },
    ];
}
