using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>After a change, exactly what it touches is made again.</summary>
[TestClass]
public sealed class IncrementalTests
{
    private const string Library = "core/core.vcxproj", App = "app/app.vcxproj";

    [TestMethod]
    public async Task A_touched_header_recompiles_its_users_and_relinks_what_they_are_in()
    {
        using VcWorkspace workspace = Prepare();
        CollectionAssert.AreEquivalent((string[])["one.cpp", "two.cpp", "main.cpp"], await BuildAsync(workspace));
        Assert.IsEmpty(await BuildAsync(workspace));

        workspace.Write("core/one.h", "inline int header() { return 10; }\n");

        CollectionAssert.AreEquivalent((string[])["one.cpp"], await BuildAsync(workspace));
        Assert.AreEqual("12\n", (await workspace.RunAsync("app/x64/Debug/app")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_changed_option_recompiles_or_relinks()
    {
        using VcWorkspace workspace = Prepare();
        await BuildAsync(workspace);

        workspace.Edit(App, "<ItemDefinitionGroup>", "<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>MORE=100</PreprocessorDefinitions></ClCompile>");
        CollectionAssert.AreEquivalent((string[])["main.cpp"], await BuildAsync(workspace));
        Assert.AreEqual("103\n", (await workspace.RunAsync("app/x64/Debug/app")).MustSucceed().Printed);

        workspace.Edit(App, "<ItemDefinitionGroup>", "<ItemDefinitionGroup><Link><AdditionalOptions>-Wl,--defsym=added_symbol=1</AdditionalOptions></Link>");
        Assert.IsEmpty(await BuildAsync(workspace));
        Assert.Contains("added_symbol", (await workspace.RunAsync("nm", "app/x64/Debug/app")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_removed_source_stays_neither_in_the_library_nor_on_disk()
    {
        using VcWorkspace workspace = Prepare();
        await BuildAsync(workspace);
        Assert.Contains("two.obj", (await workspace.RunAsync("ar", "t", "app/x64/Debug/libcore.a")).Printed.Split('\n'));

        workspace.Edit(Library, """<ClCompile Include="two.cpp" />""", "");
        ProgramResult build = await workspace.MSBuildAsync(App);

        Assert.AreNotEqual(0, build.ExitCode, "its function is missing now");
        Assert.IsTrue(Regex.IsMatch(build.Printed, @"main\.cpp\(\d+\): error DB2102: undefined reference to `two\(\)'"), build.Printed);
        CollectionAssert.AreEqual((string[])["one.obj", ""], (await workspace.RunAsync("ar", "t", "app/x64/Debug/libcore.a")).Printed.Split('\n'));
        Assert.DoesNotContain("core/x64/Debug/two.obj", workspace.Files());
        Assert.DoesNotContain("app/x64/Debug/app", workspace.Files(), "a failed link leaves no program");
    }

    [TestMethod]
    public async Task What_somebody_deleted_or_replaced_by_an_older_file_is_made_again()
    {
        using VcWorkspace workspace = Prepare();
        await BuildAsync(workspace);

        File.Delete(workspace["app/x64/Debug/libcore.a"]);
        File.Delete(workspace["core/x64/Debug/one.obj"]);
        CollectionAssert.AreEquivalent((string[])["one.cpp"], await BuildAsync(workspace));

        File.WriteAllText(workspace["app/x64/Debug/app"], "not a program");
        File.SetLastWriteTimeUtc(workspace["app/x64/Debug/app"], DateTime.UtcNow.AddDays(-1));
        Assert.IsEmpty(await BuildAsync(workspace));
        Assert.AreEqual("3\n", (await workspace.RunAsync("app/x64/Debug/app")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_custom_build_runs_when_an_input_or_its_text_changes_and_only_then()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("gen.vcxproj", VcFile.Of("Utility", """
            <CustomBuild Include="in.txt">
              <Command>echo run >> runs.txt; cat in.txt more.txt > "sub dir/out.txt"</Command>
              <Outputs>sub dir\out.txt</Outputs>
              <AdditionalInputs>MORE.txt</AdditionalInputs>
            </CustomBuild>
            <CustomBuild Include="more.txt">
              <Command>copy /y more.txt checked-in.txt</Command>
              <Outputs>checked-in.txt</Outputs>
            </CustomBuild>
            """));
        workspace.Write("in.txt", "1\n");
        workspace.Write("more.txt", "2\n");
        workspace.Write("checked-in.txt", "for those without cmd\n");

        await RunsAfterBuildAsync(1);
        await RunsAfterBuildAsync(1);
        workspace.Write("more.txt", "two\n");
        await RunsAfterBuildAsync(2);
        Assert.AreEqual("1\ntwo\n", workspace.Read("sub dir/out.txt"));
        workspace.Edit("gen.vcxproj", "cat in.txt", "cat  in.txt");
        await RunsAfterBuildAsync(3);
        (await workspace.MSBuildAsync("gen.vcxproj", "-t:Clean")).MustSucceed();
        Assert.DoesNotContain("sub dir/out.txt", workspace.Files());
        Assert.Contains("checked-in.txt", workspace.Files(), "a skipped command wrote nothing that Clean could remove");

        async Task RunsAfterBuildAsync(int runs)
        {
            (await workspace.MSBuildAsync("gen.vcxproj")).MustSucceed();
            Assert.HasCount(runs, File.ReadAllLines(workspace["runs.txt"]));
        }
    }

    private static VcWorkspace Prepare()
    {
        VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("core/one.h", "inline int header() { return 1; }\n");
        workspace.Write("core/one.cpp", "#include \"one.h\"\nint one() { return header(); }\n");
        workspace.Write("core/two.cpp", "int two() { return 2; }\n");
        workspace.Write("app/main.cpp", "#include <cstdio>\n#ifndef MORE\n#define MORE 0\n#endif\nint one();\nint two();\nint main() { std::printf(\"%d\\n\", one() + two() + MORE); }\n");
        workspace.Write(Library, VcFile.Of("StaticLibrary", VcFile.Sources("one.cpp", "two.cpp"), properties: "<OutDir>..\\app\\x64\\Debug\\</OutDir>"));
        workspace.Write(App, VcFile.Of("Application", VcFile.Sources("main.cpp") + VcFile.References(@"..\core\core.vcxproj")));
        return workspace;
    }

    /// <summary>Builds; returns the names of the sources that were compiled.</summary>
    private static async Task<string[]> BuildAsync(VcWorkspace workspace) =>
        [.. Regex.Matches((await workspace.MSBuildAsync(App)).MustSucceed().Printed, @"\[\d+/\d+\] (\S+)  compiled").Select(match => match.Groups[1].Value)];
}
