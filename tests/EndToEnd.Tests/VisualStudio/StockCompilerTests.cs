using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Projects of Visual Studio's own compiler: their lines are shown, and each unit stays with it for a reason that is said.</summary>
[TestClass]
public sealed class StockCompilerTests
{
    [TestMethod]
    public async Task Every_unit_of_cl_stays_with_the_stock_compiler_and_its_line_is_shown()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        workspace.WriteProgram("one", "two");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Source("one.cpp") + VsProject.Source("two.cpp", "<WarningLevel>Level17</WarningLevel>") + VsProject.Source("main.cpp", "<DebugInformationFormat>OldStyle</DebugInformationFormat>"),
            definitions: "<DebugInformationFormat>ProgramDatabase</DebugInformationFormat>",
            properties: "<PlatformToolset>v143</PlatformToolset>"));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildCompileCommands=commands.json", "-v:n")).MustSucceed();

        build.Report.MustBe(("leftToProject", 3));
        CollectionAssert.AreEqual((string[])["rest: one.cpp two.cpp main.cpp"], workspace.Stock());
        Assert.AreEqual("one two main", workspace.Linked());
        Assert.Contains("one.cpp is left to the project's own compiler: /Zi", build.Printed);
        Assert.Contains("two.cpp is left to the project's own compiler: WarningLevel=Level17", build.Printed);
        Assert.Contains("main.cpp is left to the project's own compiler: cl.exe", build.Printed);
        using JsonDocument commands = JsonDocument.Parse(workspace.Developer.Read("commands.json"));
        string objects = workspace["app/Debug/"];
        CollectionAssert.AreEqual(
            (string[])
            [
                $"cl.exe /c /Z7 /W1 /D FROM_DEFINITION /Fo\"{objects}\" /TP main.cpp",
                $"cl.exe /c /Zi /W1 /D FROM_DEFINITION /Fo\"{objects}\" /TP one.cpp",
                $"cl.exe /c /Zi /D FROM_DEFINITION /Fo\"{objects}\" /TP two.cpp",
            ],
            commands.RootElement.EnumerateArray().Select(entry => entry.GetProperty("command").GetString()).ToArray());
    }
}
