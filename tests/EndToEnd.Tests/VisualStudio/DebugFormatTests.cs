using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Debug information and other files beside the object: served whole, or left to the stock compiler with a word about it, never half.</summary>
[TestClass]
public sealed class DebugFormatTests
{
    private const string ClangCl = "<PlatformToolset>ClangCL</PlatformToolset>", Cl = "<PlatformToolset>v143</PlatformToolset>";

    [TestMethod]
    [DataRow("OldStyle")]
    [DataRow("ProgramDatabase")]
    [DataRow("None")]
    public async Task What_has_its_debug_information_in_the_object_is_cached(string format)
    {
        using VsWorkspace workspace = Program(ClangCl, $"<DebugInformationFormat>{format}</DebugInformationFormat>");

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 2));
        byte[] compiled = workspace.Developer.Bytes("app/Debug/one.obj");
        Directory.Delete(workspace["app"], recursive: true);

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("localHit", 2));
        CollectionAssert.AreEqual(compiled, workspace.Developer.Bytes("app/Debug/one.obj"));
    }

    [TestMethod]
    [DataRow("<BrowseInformation>true</BrowseInformation><BrowseInformationFile>$(IntDir)</BrowseInformationFile>", "/FR")]
    [DataRow("<AssemblerOutput>AssemblyAndSourceCode</AssemblerOutput>", "/FAs")]
    [DataRow("<GenerateXMLDocumentationFiles>true</GenerateXMLDocumentationFiles><XMLDocumentationFileName>$(IntDir)</XMLDocumentationFileName>", "/doc")]
    [DataRow("<AdditionalOptions>/sourceDependencies deps.json</AdditionalOptions>", "/sourceDependencies")]
    public async Task What_writes_more_than_an_object_is_left_with_its_reason(string metadata, string option)
    {
        using VsWorkspace workspace = Program(ClangCl, "", metadata);

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1), ("leftToProject", 1));
        CollectionAssert.AreEqual((string[])["rest: two.cpp"], workspace.Stock());
        Assert.StartsWith(option, build.Report.Units.Single(unit => unit.Outcome == "leftToProject").Reason!);
    }

    [TestMethod]
    [DataRow("ProgramDatabase", "DB3006", "DistBuildDebugFormat=Embedded", "/Zi")]
    [DataRow("EditAndContinue", "DB3007", "OldStyle", "/ZI")]
    public async Task A_shared_database_is_left_to_cl_and_a_build_of_several_projects_says_once_what_to_set(string format, string code, string advice, string option)
    {
        using VsWorkspace workspace = Program(Cl, $"<DebugInformationFormat>{format}</DebugInformationFormat>");
        Directory.CreateDirectory(workspace["second"]);
        workspace.Write("second/second.vcxproj", workspace.Developer.Read("app.vcxproj").Replace("\"one.cpp\"", "\"../one.cpp\"", StringComparison.Ordinal).Replace("\"two.cpp\"", "\"../two.cpp\"", StringComparison.Ordinal));
        workspace.Write("both.proj", """<Project><Target Name="Build"><MSBuild Projects="app.vcxproj;second/second.vcxproj" /></Target></Project>""");
        foreach (string project in (string[])["app.vcxproj", "second/second.vcxproj"])
        {
            (await workspace.Developer.RunAsync("dotnet", "restore", project)).MustSucceed();
        }

        BuildResult build = (await workspace.BuildAsync("both.proj")).MustSucceed();

        build.Report.MustBe(("leftToProject", 4));
        Assert.HasCount(2, build.Printed.Split(code), "said once");
        Assert.Contains(advice, build.Printed);
        Assert.Contains("DistBuild summary: 2 projects so far, 4 units: 4 left to the project's own compiler (4 of these for their debug information", build.Printed);
        Assert.IsTrue(build.Report.Units.All(unit => unit.Reason!.StartsWith(option, StringComparison.Ordinal)));
        CollectionAssert.AreEqual((string[])["rest: one.cpp two.cpp"], workspace.Stock());
    }

    [TestMethod]
    public async Task Embedded_takes_the_database_away_as_a_reason_and_the_stock_compiler_still_gets_the_projects_own_setting()
    {
        using VsWorkspace workspace = Program(Cl, "<DebugInformationFormat>ProgramDatabase</DebugInformationFormat>");
        string project = workspace.Developer.Read("app.vcxproj");
        workspace.Write("app.vcxproj", project.Replace("</Project>", """
            <Target Name="Show" BeforeTargets="_StockCompile"><Message Importance="high" Text="stock gets %(ClCompile.Identity)=%(ClCompile.DebugInformationFormat)" /></Target></Project>
            """, StringComparison.Ordinal));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildDebugFormat=Embedded")).MustSucceed();

        build.Report.MustBe(("leftToProject", 2));
        Assert.IsFalse(build.Report.Units.Any(unit => unit.Reason!.StartsWith("/Zi", StringComparison.Ordinal)));
        Assert.DoesNotContain("DB3006", build.Printed);
        Assert.Contains("stock gets one.cpp=ProgramDatabase", build.Printed);
    }

    [TestMethod]
    public async Task A_format_that_is_unknown_is_an_error_that_names_the_allowed_ones()
    {
        using VsWorkspace workspace = Program(ClangCl, "");

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildDebugFormat=Z7")).MustFail();

        Assert.Contains("DB3003", build.Printed);
        Assert.Contains("give Project or Embedded", build.Printed);
    }

    private static VsWorkspace Program(string toolset, string definitions, string ofTwo = "")
    {
        VsWorkspace workspace = new(VsWorkspace.Vs2022);
        workspace.Write("one.cpp", "int one() { return 1; }\n");
        workspace.Write("two.cpp", "int two() { return 2; }\n");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Source("one.cpp") + VsProject.Source("two.cpp", ofTwo), definitions, toolset, type: "StaticLibrary"));
        return workspace;
    }
}
