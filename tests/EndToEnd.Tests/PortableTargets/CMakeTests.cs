using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>The projects of a Visual Studio solution that CMake generated, built on Linux.</summary>
[TestClass]
public sealed class CMakeTests
{
    private const string Solution = "solution/Orchard.sln", Everything = "solution/ALL_BUILD.vcxproj";

    private static VcWorkspace s_workspace = null!;
    private static ProgramResult s_build = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext context)
    {
        s_workspace = VcWorkspace.OfCMake();
        s_build = await BuildAsync(s_workspace, Solution, "Debug");
    }

    [ClassCleanup]
    public static void Remove() => s_workspace.Dispose();

    [TestMethod]
    public async Task The_program_does_what_all_its_targets_together_say()
    {
        s_build.MustSucceed();
        await MustSayAsync(s_workspace, "Debug", "core lib, Debug, debug");
    }

    [TestMethod]
    [DataRow("Release", "core lib, Release, ndebug")]
    [DataRow("MinSizeRel", "core lib, MinSizeRel, ndebug")]
    [DataRow("RelWithDebInfo", "core lib, RelWithDebInfo, ndebug")]
    public async Task ALL_BUILD_builds_every_other_configuration(string configuration, string words)
    {
        using VcWorkspace workspace = VcWorkspace.OfCMake();

        (await BuildAsync(workspace, Everything, configuration)).MustSucceed();

        await MustSayAsync(workspace, configuration, words);
    }

    [TestMethod]
    public void Custom_commands_ran_with_the_CMake_of_this_machine()
    {
        Assert.Contains("#define ORCHARD_VERSION \"1.2.3\"", s_workspace.Read("solution/generated/version.h"));
        Assert.AreEqual("int table() { return 12; }\n", s_workspace.Read("solution/generated/table.cpp"));
        Assert.Contains("Writing version.cpp", s_build.Printed);
        Assert.Contains("  copying copied.c: 100% of it; no more\n", s_build.Printed);
        Assert.Contains("  notes of Debug\n", s_build.Printed);
    }

    [TestMethod]
    public void Events_ran_too()
    {
        Assert.Contains("  before app in Debug\n", s_build.Printed);
        string[] files = s_workspace.Files();
        Assert.Contains("solution/Debug/prelink.txt", files);
        CollectionAssert.AreEqual(
            (string[])["solution/deploy/Debug/app.exe", "solution/deploy/Debug/plugind.dll"],
            files.Where(file => file.StartsWith("solution/deploy/", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void A_command_that_needs_cmd_is_skipped_with_its_reason()
    {
        string warning = Regex.Matches(s_build.Printed, "warning DB2205: .*").Select(match => match.Value).Distinct().Single();

        Assert.Contains("listing.rule was skipped, because 'for %%f in ( *.txt ) do type %%f > nul' needs 'for' of Windows", warning);
        Assert.Contains("listing.vcxproj", warning);
    }

    [TestMethod]
    public void Sources_of_one_name_have_objects_of_their_own()
    {
        string[] files = s_workspace.Files();

        Assert.Contains("solution/core.dir/Debug/core/one/same.cpp.obj", files);
        Assert.Contains("solution/core.dir/Debug/core/two/same.cpp.obj", files);
        Assert.Contains("solution/twins/left.dir/Debug/same.obj", files);
        Assert.Contains("solution/twins/right.dir/Debug/same.obj", files);
    }

    [TestMethod]
    public void A_unity_build_compiles_only_the_unity_file() =>
        CollectionAssert.AreEqual((string[])["unity_0_cxx.cxx"], Compiled(s_build.Printed, "app.dir|source/app"));

    [TestMethod]
    public void Nobody_asks_CMake_whether_the_solution_is_out_of_date()
    {
        Assert.DoesNotContain("Checking Build System", s_build.Printed);
        Assert.DoesNotContain("Building Custom Rule", s_build.Printed);
        Assert.DoesNotContain("DB2206", s_build.Printed);
    }

    [TestMethod]
    public async Task What_is_built_is_not_built_again_but_CMakes_files_are_watched()
    {
        using VcWorkspace workspace = VcWorkspace.OfCMake();
        const string Library = "solution/core.vcxproj";
        string[] sources = workspace.Files();
        (await BuildAsync(workspace, Library, "Debug")).MustSucceed();
        Dictionary<string, DateTime> before = Times(workspace);

        ProgramResult again = (await BuildAsync(workspace, Library, "Debug")).MustSucceed();
        Assert.DoesNotContain("compiled", again.Printed);
        Assert.DoesNotContain("Writing", again.Printed);
        CollectionAssert.AreEquivalent(before, Times(workspace));

        File.SetLastWriteTimeUtc(workspace["source/CMakeLists.txt"], DateTime.UtcNow.AddMinutes(1));
        ProgramResult warned = (await BuildAsync(workspace, Library, "Debug")).MustSucceed();
        Assert.HasCount(1, Regex.Matches(warned.Printed, $"message DB2206: '{Regex.Escape(workspace["source/CMakeLists.txt"])}' was changed after CMake generated"));

        (await BuildAsync(workspace, Library, "Debug", "-t:Clean")).MustSucceed();
        Assert.AreEqual(string.Join('\n', sources), string.Join('\n', workspace.Files().Where(file => !file.Contains(".tlog/", StringComparison.Ordinal))));
    }

    [TestMethod]
    public async Task A_changed_input_runs_its_command_and_no_other()
    {
        using VcWorkspace workspace = VcWorkspace.OfCMake();
        (await BuildAsync(workspace, "solution/core.vcxproj", "Debug")).MustSucceed();

        workspace.Write("source/core/copied.c.in", "int from_copied(void) { return 60; }\n");
        ProgramResult build = (await BuildAsync(workspace, "solution/core.vcxproj", "Debug")).MustSucceed();

        Assert.AreEqual("int from_copied(void) { return 60; }\n", workspace.Read("solution/generated/copied.c"));
        CollectionAssert.AreEqual((string[])["copied.c"], Compiled(build.Printed, "."));
        Assert.DoesNotContain("Writing version.cpp", build.Printed);
    }

    [TestMethod]
    public async Task Clang_cl_builds_it_for_Windows_with_a_real_precompiled_header()
    {
        using VcWorkspace workspace = VcWorkspace.OfCMake();

        (await BuildAsync(workspace, "solution/plugin.vcxproj", "Debug", "-p:PlatformToolset=ClangCL")).MustSucceed();

        Assert.Contains("solution/core.dir/Debug/cmake_pch.cxx.pch", workspace.Files());
        string library = (await workspace.RunAsync("x86_64-w64-mingw32-objdump", "-p", "solution/Debug/plugind.dll")).MustSucceed().Printed;
        Assert.IsTrue(Regex.IsMatch(library, @"^Name\s+[0-9a-f]+ plugind\.dll$", RegexOptions.Multiline), "its own name");
        Assert.IsTrue(Regex.IsMatch(library, @"\splugin$", RegexOptions.Multiline), "its export");
    }

    private static async Task<ProgramResult> BuildAsync(VcWorkspace workspace, string project, string configuration, params string[] arguments) =>
        await workspace.MSBuildAsync(project, ["-m", $"-p:Configuration={configuration}", "-p:Platform=x64", .. arguments]);

    private static async Task MustSayAsync(VcWorkspace workspace, string configuration, string words) =>
        Assert.AreEqual(
            $"""
            version 1.2.3 1
            a {words}
            b b in {configuration}
            c 456
            same one two
            table 12
            plugin 42
            twins left and left's same, right and right's same
            unity 42 20

            """,
            (await workspace.RunAsync($"solution/{configuration}/app.exe")).MustSucceed().Printed);

    /// <summary>The names of the sources that were compiled, of those whose paths match.</summary>
    private static string[] Compiled(string printed, string paths) =>
        [.. Regex.Matches(printed, @"^ *\[\d+/\d+\] (?<file>\S+)  compiled", RegexOptions.Multiline)
            .Select(match => match.Groups["file"].Value)
            .Where(file => Regex.IsMatch(file, paths))
            .Select(file => Path.GetFileName(file))];

    private static Dictionary<string, DateTime> Times(VcWorkspace workspace) =>
        workspace.Files().Where(file => !file.Contains(".tlog/", StringComparison.Ordinal)).ToDictionary(file => file, file => File.GetLastWriteTimeUtc(workspace[file]));
}
