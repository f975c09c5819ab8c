using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>What packages and people hook into is where Visual Studio has it.</summary>
[TestClass]
public sealed class HookOrderTests
{
    [TestMethod]
    public async Task Items_taken_before_ClCompile_and_put_back_after_it_are_linked_in_their_order()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("first.cpp", "extern int order; struct First { First() { order = order * 10 + 1; } } first;\n");
        workspace.Write("second.cpp", "extern int order; struct Second { Second() { order = order * 10 + 2; } } second;\n");
        workspace.Write("main.cpp", "int order; int main() { return order; }\n");
        workspace.Write("app.vcxproj", VcFile.Of("Application", VcFile.Sources("first.cpp", "second.cpp", "main.cpp")));
        // Imported before Visual Studio's targets define ClCompile: redefining it has no effect, hooking it has.
        workspace.Write("Directory.Build.targets", """
            <Project>
              <Target Name="ClCompile"><Error Text="this definition must lose" /></Target>
              <Target Name="Take" BeforeTargets="ClCompile">
                <ItemGroup>
                  <AllUnits Include="@(ClCompile)" />
                  <ClCompile Remove="@(ClCompile)" />
                </ItemGroup>
                <Message Importance="High" Text="taken: @(AllUnits->'%(Identity) %(CompileAs) %(ObjectFileName)')" />
                <Exec Command="$(CXX) -c %(AllUnits.Identity) -o %(AllUnits.ObjectFileName)" />
              </Target>
              <Target Name="PutBack" AfterTargets="ClCompile">
                <ItemGroup>
                  <ClCompile Include="@(AllUnits)" />
                </ItemGroup>
              </Target>
            </Project>
            """);

        ProgramResult build = (await workspace.DotnetBuildAsync("app.vcxproj")).MustSucceed();

        Assert.Contains("taken: first.cpp CompileAsCpp x64/Debug/first.obj;second.cpp CompileAsCpp x64/Debug/second.obj;main.cpp", build.Printed);
        Assert.DoesNotContain("  compiled  ", build.Printed);
        Assert.AreEqual(12, (await workspace.RunAsync("x64/Debug/app")).ExitCode);
    }

    [TestMethod]
    public async Task Targets_run_in_Visual_Studios_order()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("main.cpp", "int main() { return 0; }\n");
        workspace.Write("app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp")));
        string[] targets =
        [
            "BeforeBuild", "PrepareForBuild", "ResolveReferences", "PreBuildEvent", "CustomBuild", "BuildGenerateSources", "FixupCLCompileOptions", "SelectClCompile",
            "MakeDirsForCl", "ClCompile", "ResourceCompile", "BuildCompile", "ComputeCLOutputs", "PreLinkEvent", "Link", "CustomBuildStep", "PostBuildEvent", "BuildLink", "AfterBuild", "Build",
        ];
        workspace.Write("Directory.Build.targets", $"""
            <Project>
              {string.Concat(targets.Select(target => $"""<Target Name="_Saw{target}" AfterTargets="{target}"><Message Importance="High" Text="saw {target}" /></Target>"""))}
            </Project>
            """);

        string printed = (await workspace.MSBuildAsync("app.vcxproj")).MustSucceed().Printed;

        CollectionAssert.AreEqual(targets, Regex.Matches(printed, @"saw (\w+)").Select(match => match.Groups[1].Value).ToArray());
    }

    [TestMethod]
    public async Task Design_time_questions_are_answered_without_building()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");
        string[] before = workspace.Files();

        ProgramResult units = await workspace.MSBuildAsync("Core/core.vcxproj", "-t:ClCompile", "-p:DesignTimeBuild=true", "-getItem:ClCompile");
        ProgramResult properties = await workspace.MSBuildAsync("Plugin/plugin.vcxproj", "-t:GetTargetPath;GetProjectDirectories;GetNativeManifest;GetCopyToOutputDirectoryItems", "-getTargetResult:GetTargetPath", "-getProperty:TargetPath");

        Assert.Contains("\"Identity\": \"src/two/same.cpp\"", units.MustSucceed().Printed);
        Assert.DoesNotContain("excluded.cpp", units.Printed);
        string library = workspace["Plugin/plugins/Debug/libplugin.so"];
        Assert.Contains($"\"TargetPath\": \"{library}\"", properties.MustSucceed().Printed);
        Assert.Contains($"\"Identity\": \"{library}\"", properties.Printed);
        Assert.Contains("\"ResolveableAssembly\": \"false\"", properties.Printed);
        CollectionAssert.AreEqual(before, workspace.Files(), "nothing was written");
    }

    [TestMethod]
    public async Task One_selected_file_is_compiled_alone()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");

        (await workspace.MSBuildAsync("Core/core.vcxproj", "-t:ClCompile", "-p:SelectedFiles=named.cpp")).MustSucceed();

        CollectionAssert.AreEqual((string[])["Core/x64/Debug/renamed.obj"], workspace.Files().Where(file => file.EndsWith(".obj", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task Restore_needs_no_network_where_there_is_no_package()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");
        workspace.Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");

        ProgramResult restore = (await workspace.RunAsync("dotnet", "restore", "My Solution.sln")).MustSucceed();

        Assert.DoesNotContain("NU1503", restore.Printed);
        Assert.DoesNotContain("warning", restore.Printed);
    }

    [TestMethod]
    public async Task Cancelling_ends_a_running_event()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("wait.vcxproj", VcFile.Of("Utility", "", "<PreBuildEvent><Command>echo $$ > pid.txt; exec sleep 1000</Command><Message>now waiting</Message></PreBuildEvent>"));
        await using RunningProgram build = workspace.StartMSBuild("wait.vcxproj");
        await build.PrintsAsync("now waiting");
        string pid = "";
        for (DateTime deadline = DateTime.UtcNow.AddMinutes(1); pid.Length == 0 && DateTime.UtcNow < deadline;)
        {
            pid = File.Exists(workspace["pid.txt"]) ? workspace.Read("pid.txt").Trim() : "";
        }

        build.Signal("INT");

        Assert.AreNotEqual(0, (await build.ExitAsync(TimeSpan.FromMinutes(1))).ExitCode);
        Assert.IsFalse(Directory.Exists($"/proc/{pid}") && File.ReadAllText($"/proc/{pid}/cmdline").Contains("sleep", StringComparison.Ordinal));
    }
}
