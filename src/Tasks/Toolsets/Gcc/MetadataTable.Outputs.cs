using static DistBuild.Tasks.Toolsets.Gcc.MetadataRow;

namespace DistBuild.Tasks.Toolsets.Gcc;

internal static partial class MetadataTable
{
    private static IEnumerable<MetadataRow> Outputs =>
    [
        Refused("PreprocessToFile", "true", "it only preprocesses and makes no object"),
        Nothing("PreprocessToFile", "false", "default"),
        Refused("PreprocessSuppressLineNumbers", "true", "it only preprocesses and makes no object"),
        Nothing("PreprocessSuppressLineNumbers", "false", "default"),
        Nothing("PreprocessKeepComments", Any, "only with PreprocessToFile"),
        Nothing("PreprocessOutputPath", Any, "only with PreprocessToFile"),
        Nothing("AssemblerOutput", "NoListing", "default"),
        Noted("AssemblerOutput", Any, "no listing is written; objdump -dS makes one from the object"),
        Nothing("AssemblerListingLocation", Any, "no listing is written"),
        Nothing("UseUnicodeForAssemblerListing", Any, "no listing is written"),
        Noted("BrowseInformation", "true", "no browse information is written; compile_commands.json (DistBuildCompileCommands) serves such tools here"),
        Nothing("BrowseInformation", "false", "default"),
        Nothing("BrowseInformationFile", Any, "no browse information is written"),
        Noted("GenerateXMLDocumentationFiles", "true", "documentation comments are not extracted; doxygen reads them"),
        Nothing("GenerateXMLDocumentationFiles", "false", "default"),
        Nothing("XMLDocumentationFileName", Any, "documentation comments are not extracted"),
        Noted("ShowIncludes", "true", "included files are not listed; -H in AdditionalOptions does it"),
        Nothing("ShowIncludes", "false", "default"),
        Nothing("ProgramDataBaseFileName", Any, "debug information is in the object"),
        Nothing("ForceSynchronousPDBWrites", Any, "debug information is in the object"),
        Nothing("PrecompiledHeaderFile", Any, "headers are not precompiled"),
        Nothing("PrecompiledHeaderOutputFile", Any, "headers are not precompiled"),
        Nothing("GenerateSourceDependencies", Any, "DistBuild keeps its own record"),
        Nothing("SourceDependenciesFile", Any, "DistBuild keeps its own record"),
        Nothing("GenerateModuleDependencies", Any, Modules),
        Nothing("ModuleDependenciesFile", Any, Modules),
        Nothing("ModuleOutputFile", Any, Modules),
        Nothing("MultiProcessorCompilation", Any, "DistBuild compiles in parallel anyway"),
        Nothing("ProcessorNumber", Any, "DistBuild compiles in parallel anyway"),
    ];
}
