using System.Text.Json;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>What a project does not say is what the Visual Studio of its toolset says.</summary>
[TestClass]
public sealed class DefaultsTests
{
    private static readonly Dictionary<string, string> Always = new()
    {
        ["AssemblerOutput"] = "NoListing",
        ["BufferSecurityCheck"] = "true",
        ["CallingConvention"] = "Cdecl",
        ["CompileAs"] = "Default",
        ["ConformanceMode"] = "Default",
        ["DiagnosticsFormat"] = "Column",
        ["EnableEnhancedInstructionSet"] = "NotSet",
        ["ExceptionHandling"] = "Sync",
        ["ExternalWarningLevel"] = "InheritWarningLevel",
        ["FavorSizeOrSpeed"] = "Neither",
        ["FloatingPointModel"] = "Precise",
        ["ForceConformanceInForLoopScope"] = "true",
        ["InlineFunctionExpansion"] = "Default",
        ["IntrinsicFunctions"] = "false",
        ["LanguageStandard"] = "Default",
        ["LanguageStandard_C"] = "Default",
        ["MinimalRebuild"] = "false",
        ["PrecompiledHeader"] = "NotUsing",
        ["RemoveUnreferencedCodeData"] = "true",
        ["StructMemberAlignment"] = "Default",
        ["SuppressStartupBanner"] = "true",
        ["TreatWarningAsError"] = "false",
        ["TreatWChar_tAsBuiltInType"] = "true",
        ["UseFullPaths"] = "true",
        ["WarningLevel"] = "Level1",
    };

    [TestMethod]
    public async Task Of_a_debug_library_with_MFC() =>
        await MustBeAsync("DynamicLibrary", "<UseOfMfc>Dynamic</UseOfMfc><CharacterSet>Unicode</CharacterSet>", new()
        {
            ["PreprocessorDefinitions"] = "_WINDLL;_UNICODE;UNICODE;_AFXDLL;",
            ["RuntimeLibrary"] = "MultiThreadedDebugDll",
            ["Optimization"] = "Disabled",
            ["BasicRuntimeChecks"] = "EnableFastChecks",
            ["DebugInformationFormat"] = "EditAndContinue",
            ["SupportJustMyCode"] = "true",
            ["WholeProgramOptimization"] = "false",
            ["ObjectFileName"] = "x64/Debug/",
            ["ProgramDataBaseFileName"] = "x64/Debug/vc143.pdb",
            ["PrecompiledHeaderOutputFile"] = "x64/Debug/libproject.pch",
        });

    [TestMethod]
    public async Task Of_a_program_that_says_nothing() =>
        await MustBeAsync("Application", "<UseDebugLibraries></UseDebugLibraries><WholeProgramOptimization>PGInstrument</WholeProgramOptimization><PlatformToolset>v141</PlatformToolset>", new()
        {
            ["PreprocessorDefinitions"] = "_MBCS;",
            ["ConformanceMode"] = "false",
            ["DiagnosticsFormat"] = "Classic",
            ["ExternalWarningLevel"] = "",
            ["RuntimeLibrary"] = "MultiThreadedDll",
            ["Optimization"] = "MaxSpeed",
            ["BasicRuntimeChecks"] = "Default",
            ["DebugInformationFormat"] = "ProgramDatabase",
            ["SupportJustMyCode"] = "false",
            ["WholeProgramOptimization"] = "true",
            ["ProgramDataBaseFileName"] = "x64/Debug/vc141.pdb",
            ["PrecompiledHeaderOutputFile"] = "x64/Debug/project.pch",
        });

    [TestMethod]
    public async Task Machine_wide_sheets_of_the_user_are_imported()
    {
        using VcWorkspace workspace = Prepare("Application", "", """<Import Project="$(UserRootDir)\Microsoft.Cpp.$(Platform).user.props" Condition="exists('$(UserRootDir)\Microsoft.Cpp.$(Platform).user.props')" />""");
        string folder = Path.Combine(workspace.Folder, "local", "Microsoft", "MSBuild", "v4.0");
        workspace.Environment["XDG_DATA_HOME"] = Path.Combine(workspace.Folder, "local");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Microsoft.Cpp.x64.user.props"), "<Project><PropertyGroup><IncludePath>from the user</IncludePath></PropertyGroup></Project>");

        Assert.AreEqual("from the user", (await workspace.MSBuildAsync("project.vcxproj", "-getProperty:IncludePath")).MustSucceed().Printed.Trim());
    }

    private static async Task MustBeAsync(string type, string configuration, Dictionary<string, string> own)
    {
        using VcWorkspace workspace = Prepare(type, configuration);

        using JsonDocument answer = JsonDocument.Parse((await workspace.MSBuildAsync("project.vcxproj", "-getItem:ClCompile")).MustSucceed().Printed);

        JsonElement item = answer.RootElement.GetProperty("Items").GetProperty("ClCompile")[0];
        foreach ((string name, string value) in Always.Where(pair => !own.ContainsKey(pair.Key)).Concat(own))
        {
            Assert.AreEqual(value, item.TryGetProperty(name, out JsonElement found) ? found.GetString() : "", name);
        }
    }

    private static VcWorkspace Prepare(string type, string configuration, string sheets = "")
    {
        VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("project.vcxproj", VcFile.Of(type, VcFile.Sources("a.cpp"), configuration: configuration)
            .Replace("<PropertyGroup></PropertyGroup>", sheets, StringComparison.Ordinal));
        return workspace;
    }
}
