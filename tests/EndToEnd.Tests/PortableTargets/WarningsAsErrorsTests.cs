using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>A project that asks for /WX and has a warning of gcc's.</summary>
[TestClass]
public sealed class WarningsAsErrorsTests
{
    [TestMethod]
    public async Task They_are_errors_here_as_well() => Assert.Contains("main.cpp(1,18): error -Wunused-variable", (await BuildAsync("")).Printed);

    [TestMethod]
    [DataRow("<TreatWarningAsError>false</TreatWarningAsError>")]
    [DataRow("<AdditionalOptions>%(AdditionalOptions) -Wno-error=unused-variable</AdditionalOptions>")]
    public async Task Unless_a_file_above_the_projects_has_it_otherwise(string setting)
    {
        ProgramResult build = await BuildAsync($"""
            <Project>
              <ItemDefinitionGroup Condition="'$(DistBuildToolset)' == 'gcc'"><ClCompile>{setting}</ClCompile></ItemDefinitionGroup>
            </Project>
            """);

        Assert.Contains("main.cpp(1,18): warning -Wunused-variable", build.MustSucceed().Printed);
    }

    private static async Task<ProgramResult> BuildAsync(string above)
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("app/main.cpp", "int main() { int left; return 0; }\n");
        workspace.Write("app/app.vcxproj", VcFile.Of(
            "Application", VcFile.Sources("main.cpp"), "<ClCompile><WarningLevel>Level3</WarningLevel><TreatWarningAsError>true</TreatWarningAsError></ClCompile>"));
        if (above.Length > 0)
        {
            workspace.Write("Directory.Build.targets", above);
        }

        return await workspace.MSBuildAsync("app/app.vcxproj");
    }
}
