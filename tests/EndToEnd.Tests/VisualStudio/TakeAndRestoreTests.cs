using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>In Visual Studio's order of targets the package takes what it can serve, leaves the rest to the stock compiler, and the project sees its whole list again.</summary>
[TestClass]
public sealed class TakeAndRestoreTests
{
    /// <summary>What the project's list looks like behind the compile, metadata included.</summary>
    private const string ShowList =
        """<Target Name="ShowList" AfterTargets="ClCompile"><Message Importance="high" Text="list=@(ClCompile->'%(Identity)|%(CompileAs)|%(WarningLevel)|%(PreprocessorDefinitions)|%(PrecompiledHeader)|%(Mark)|%(PrecompiledHeaderFile)')=end" /></Target>""";

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task Everything_that_can_be_served_is_and_the_stock_compiler_gets_nothing(string version)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("zebra", "apple");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("zebra.cpp", "main.cpp", "apple.cpp")));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-v:detailed")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 3));
        Assert.Contains("DistBuild summary: 1 project so far, 3 units: 3 compiled here", build.Printed);
        Assert.IsEmpty(workspace.Stock());
        Assert.AreEqual("zebra main apple", workspace.Linked());
        Assert.AreEqual(2, (await workspace.Developer.RunAsync(workspace["Debug/app"])).ExitCode);
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task From_the_place_of_packages_config_it_takes_and_restores_as_well(string version)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("zebra", "managed");
        System.IO.Compression.ZipFile.ExtractToDirectory(Product.Package, workspace["packages/DistBuild"]);
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Sources("zebra.cpp") + VsProject.Source("managed.cpp", "<CompileAsManaged>true</CompileAsManaged>") + VsProject.Sources("main.cpp"), usesPackage: false,
            atTheEnd: """<ImportGroup Label="ExtensionTargets"><Import Project="packages\DistBuild\build\native\DistBuild.targets" /></ImportGroup>"""));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 2), ("leftToProject", 1));
        CollectionAssert.AreEqual((string[])["rest: managed.cpp"], workspace.Stock());
        Assert.AreEqual("zebra managed main", workspace.Linked());
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017, "", "rest: managed.cpp winrt.cpp")]
    [DataRow(VsWorkspace.Vs2022, "", "rest: managed.cpp winrt.cpp")]
    [DataRow(VsWorkspace.Vs2022, "-p:UseMultiToolTask=true", "multi: managed.cpp winrt.cpp")]
    [DataRow(VsWorkspace.Vs2022, "-p:UseBuildPasses=true", "rest: managed.cpp winrt.cpp")]
    public async Task What_cannot_be_served_is_left_in_its_order_with_its_reason_and_all_is_linked_in_order(string version, string how, string stock)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("zebra", "managed", "apple", "winrt");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Source("managed.cpp", "<CompileAsManaged>true</CompileAsManaged>") + VsProject.Source("zebra.cpp") + VsProject.Source("winrt.cpp", "<CompileAsWinRT>true</CompileAsWinRT>")
            + VsProject.Sources("main.cpp", "apple.cpp")));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", how.Length > 0 ? [how] : [])).MustSucceed();

        build.Report.MustBe(("compiledLocally", 3), ("leftToProject", 2));
        CollectionAssert.AreEqual((string[])[stock], workspace.Stock());
        Assert.AreEqual("managed zebra winrt main apple", workspace.Linked());
        Assert.Contains("CompileAsManaged=true", build.Report.Units.Single(unit => unit.Source.EndsWith("managed.cpp", StringComparison.Ordinal)).Reason!);
        Assert.Contains("5 units: 3 compiled here, 2 left to the project's own compiler", build.Printed);
        Assert.AreEqual(4, (await workspace.Developer.RunAsync(workspace["Debug/app"])).ExitCode);
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task The_list_behind_the_compile_is_the_one_before_it_with_all_metadata(string version)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("one", "two");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Source("two.cpp", "<PreprocessorDefinitions>A=%3B;%(PreprocessorDefinitions)</PreprocessorDefinitions><Mark>2</Mark>")
            + VsProject.Source("main.cpp", "<PreprocessorDefinitions></PreprocessorDefinitions><CompileAsManaged>true</CompileAsManaged>") + VsProject.Source("one.cpp", "<WarningLevel>Level4</WarningLevel>")
            + VsProject.Source("excluded.cpp", "<ExcludedFromBuild>true</ExcludedFromBuild>"),
            atTheEnd: ShowList));

        BuildResult with = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();
        BuildResult without = (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildEnabled=false")).MustSucceed();

        with.Report.MustBe(("compiledLocally", 2), ("leftToProject", 1));
        Assert.AreEqual(List(without), List(with));
        Assert.Contains("two.cpp|CompileAsCpp|Level1|A=;;FROM_DEFINITION|NotUsing|2|;main.cpp|CompileAsCpp|Level1||NotUsing||;one.cpp|CompileAsCpp|Level4|FROM_DEFINITION", List(with));
        Assert.AreEqual("two main one", workspace.Linked());
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017, true)]
    [DataRow(VsWorkspace.Vs2022, false)]
    public async Task Excluded_sources_are_compiled_by_nobody_and_stay_where_they_were(string version, bool stays)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("one");
        workspace.Write("excluded.cpp", "#error never compiled\n");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Source("excluded.cpp", "<ExcludedFromBuild>true</ExcludedFromBuild>") + VsProject.Sources("main.cpp", "one.cpp"), atTheEnd: ShowList));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 2));
        Assert.AreEqual("main one", workspace.Linked());
        Assert.AreEqual(stays, List(build).Contains("excluded.cpp", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task One_selected_file_is_compiled_alone(string version)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("one", "two");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("one.cpp", "two.cpp", "main.cpp")));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-t:PrepareForBuild;ClCompile", "-p:SelectedFiles=two.cpp")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1));
        Assert.HasCount(1, workspace.Developer.Objects());
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("upToDate", 1), ("compiledLocally", 2));
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task A_design_time_build_sees_the_projects_list_and_nothing_is_made(string version)
    {
        using VsWorkspace workspace = new(version);
        workspace.WriteProgram("one");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("one.cpp", "main.cpp"), atTheEnd: ShowList));
        (await workspace.Developer.RunAsync("dotnet", "restore", "app.vcxproj")).MustSucceed();
        string[] before = workspace.Files();

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-t:ClCompile", "-p:DesignTimeBuild=true")).MustSucceed();

        Assert.Contains("list=one.cpp|", List(build));
        Assert.DoesNotContain("DistBuild:", build.Printed);
        CollectionAssert.AreEqual(before, workspace.Files());
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task Switched_off_it_is_as_if_it_were_not_there(string version)
    {
        using VsWorkspace off = new(version), never = new(version);
        foreach ((VsWorkspace workspace, bool usesPackage) in ((VsWorkspace, bool)[])[(off, true), (never, false)])
        {
            workspace.WriteProgram("one", "two");
            workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("two.cpp", "main.cpp", "one.cpp"), usesPackage: usesPackage));
            BuildResult build = (await workspace.BuildAsync("app.vcxproj", usesPackage ? ["-p:DistBuildEnabled=false", "-p:DistBuildTrackingLogs=true"] : [])).MustSucceed();
            build.Report.MustBe();
            Assert.DoesNotContain("DistBuild:", build.Printed);
        }

        CollectionAssert.AreEqual(Own(never), Own(off));
        CollectionAssert.AreEqual(never.Stock(), off.Stock());
        CollectionAssert.AreEqual((string[])["rest: two.cpp main.cpp one.cpp"], off.Stock());
        Assert.IsFalse(Directory.Exists(off.Developer.Store));

        // What NuGet writes names the package.
        static string[] Own(VsWorkspace workspace) => [.. workspace.Files().Where(file => !file.StartsWith("obj/", StringComparison.Ordinal))];
    }

    [TestMethod]
    public async Task Of_a_source_that_stands_there_twice_both_are_left_when_one_cannot_be_served()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        workspace.WriteProgram("one");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Sources("main.cpp", "one.cpp") + VsProject.Source("one.cpp", "<CompileAsManaged>true</CompileAsManaged><ObjectFileName>$(IntDir)other.obj</ObjectFileName>"),
            properties: "<StockCommand>g++ -Wl,--allow-multiple-definition</StockCommand>"));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1), ("leftToProject", 2));
        CollectionAssert.AreEqual((string[])["rest: one.cpp one.cpp"], workspace.Stock());
    }

    [TestMethod]
    public async Task A_project_with_modules_keeps_all_its_Cpp_and_its_C_is_served()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        workspace.WriteProgram("one");
        workspace.Write("module.ixx", "int module_unit() { return 0; }\n");
        workspace.Write("plain.c", "int plain(void) { return 0; }\n");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("main.cpp", "module.ixx", "plain.c", "one.cpp")));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1), ("leftToProject", 3));
        CollectionAssert.AreEqual((string[])["rest: main.cpp module.ixx one.cpp"], workspace.Stock());
        Assert.Contains("module.ixx", build.Report.Units.Single(unit => unit.Source.EndsWith("one.cpp", StringComparison.Ordinal)).Reason!);
        Assert.AreEqual("main module plain one", workspace.Linked());
    }

    private static string List(BuildResult build) => build.Printed[build.Printed.IndexOf("list=", StringComparison.Ordinal)..build.Printed.IndexOf("=end", StringComparison.Ordinal)];
}
