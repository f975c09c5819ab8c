using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Every failure of the package ends in a plain compile of the whole list by the stock compiler; only a compiler's own words fail a build.</summary>
[TestClass]
public sealed class FailureTests
{
    private const string Everything = "rest: one.cpp main.cpp";

    [TestMethod]
    [DataRow("DistBuild.Core.dll")]
    [DataRow("DistBuild.Tasks.dll")]
    public async Task An_installation_that_lost_a_part_leaves_everything_to_the_stock_compiler(string lost)
    {
        using VsWorkspace workspace = Program();
        string package = workspace["package"];
        System.IO.Compression.ZipFile.ExtractToDirectory(Product.Package, package);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(package, "tools"), lost, SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("one.cpp", "main.cpp"), usesPackage: false, atTheEnd: $"""<Import Project="{package}/build/native/DistBuild.targets" />"""));

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-warnaserror")).MustSucceed();

        build.Report.MustBe();
        CollectionAssert.AreEqual((string[])[Everything], workspace.Stock());
        Assert.Contains(lost.Replace(".dll", "", StringComparison.Ordinal), build.Printed);
        Assert.AreEqual("one main", workspace.Linked());
    }

    [TestMethod]
    [DataRow("15.9.21")]
    [DataRow("16.11.2")]
    public async Task An_MSBuild_older_than_the_task_can_use_builds_as_before_and_says_so(string version)
    {
        using VsWorkspace workspace = Program();

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-warnaserror", $"-p:_DistBuildMSBuild={version}")).MustSucceed();

        build.Report.MustBe();
        CollectionAssert.AreEqual((string[])[Everything], workspace.Stock());
        Assert.Contains($"needs MSBuild 17 (Visual Studio 2022) or newer, and this is {version}", build.Printed);
    }

    [TestMethod]
    public async Task An_unusable_store_and_an_unwritable_folder_of_records_cost_nothing_but_speed()
    {
        using VsWorkspace workspace = Program();
        File.WriteAllText(workspace.Developer.Store, "in the way");
        Directory.CreateDirectory(workspace["app/Debug/app.tlog/distbuild.records/in the way"]);

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 2));
        Assert.Contains("DB1003", build.Printed);
    }

    [TestMethod]
    public async Task A_toolset_that_is_not_served_leaves_everything_to_the_stock_compiler()
    {
        using VsWorkspace workspace = Program();

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildToolset=icc")).MustSucceed();

        build.Report.MustBe();
        CollectionAssert.AreEqual((string[])[Everything], workspace.Stock());
    }

    [TestMethod]
    public async Task A_compiler_that_is_not_there_fails_the_build_with_its_name()
    {
        using VsWorkspace workspace = Program();

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:CXX=no-such-g++")).MustFail();

        build.Report.MustBe(("failed", 2));
        Assert.Contains("no-such-g++", build.Printed);
    }

    [TestMethod]
    public async Task Errors_of_units_that_were_taken_do_not_hide_errors_of_those_that_were_left()
    {
        using VsWorkspace workspace = Program();
        workspace.Write("one.cpp", "int one() { return taken_error; }\n");
        workspace.Write("left.cpp", "int left() { return left_error; }\n");
        workspace.Write("fine.cpp", "int fine() { return 0; }\n");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Sources("one.cpp", "main.cpp") + VsProject.Source("left.cpp", "<CompileAsManaged>true</CompileAsManaged>")));

        BuildResult both = (await workspace.BuildAsync("app.vcxproj")).MustFail();
        workspace.Write("left.cpp", "int left() { return 0; }\n");
        BuildResult one = (await workspace.BuildAsync("app.vcxproj")).MustFail();

        Assert.Contains("taken_error", both.Printed);
        Assert.Contains("left_error", both.Printed);
        Assert.Contains("DB3009", one.Printed);
        Assert.IsEmpty(workspace.Linked(), "nothing is linked");
        workspace.Write("one.cpp", "int one() { return 0; }\n");
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1), ("upToDate", 1), ("leftToProject", 1));
    }

    private static VsWorkspace Program()
    {
        VsWorkspace workspace = new(VsWorkspace.Vs2017);
        workspace.WriteProgram("one");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("one.cpp", "main.cpp")));
        return workspace;
    }
}
