using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>One solution with everything a project can say, built once as a person on Linux would, then looked at from many sides.</summary>
[TestClass]
public sealed class SolutionTests
{
    private const string ExpectedInDebug = """
        base 1
        same one two
        named yes
        folder yes
        forced yes
        defined debug file
        disguised yes
        sheet from the sheet
        release not in debug
        chosen 2
        plugin 42
        item yes
        table 42
        extra 9
        plain 4
        unicode 1

        """;

    private static VcWorkspace s_solution = null!;
    private static ProgramResult s_build = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext context)
    {
        s_solution = VcWorkspace.Of("solution");
        s_build = await s_solution.DotnetBuildAsync("My Solution.sln", "-m", "-v:n");
    }

    [ClassCleanup]
    public static void Remove() => s_solution.Dispose();

    [TestMethod]
    public async Task The_program_does_what_all_projects_together_say()
    {
        s_build.MustSucceed();
        Assert.AreEqual(ExpectedInDebug, (await s_solution.RunAsync("x64/Debug/App")).MustSucceed().Printed);
    }

    [TestMethod]
    public void Outputs_and_objects_are_where_Visual_Studio_puts_them()
    {
        string[] files = s_solution.Files();

        Assert.Contains("x64/Debug/App", files);
        Assert.Contains("x64/Debug/libcore.a", files);
        Assert.Contains("x64/Debug/libbase lib.a", files);
        Assert.Contains("plugins/Debug/libplugin.so", files);
        Assert.Contains("lib/Debug/extra.lib", files);
        Assert.Contains("Base Lib/x64/Debug/base.obj", files);
        Assert.Contains("Core/x64/Debug/renamed.obj", files);
        Assert.Contains("Core/x64/Debug/deep/er/folder.obj", files);
        Assert.HasCount(2, files.Where(file => Regex.IsMatch(file, @"^Core/x64/Debug/same[^/]*\.obj$")));
        Assert.DoesNotContain("Core/x64/Debug/excluded.obj", files);
        Assert.DoesNotContain("Core/x64/Debug/onlyrelease.obj", files);
    }

    [TestMethod]
    public async Task The_program_runs_wherever_the_tree_is_moved_to()
    {
        string moved = Path.Combine(Path.GetDirectoryName(s_solution.Folder)!, "moved");
        foreach (string file in (string[])["x64/Debug/App", "plugins/Debug/libplugin.so", "deep/Debug/libdeep.so"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(moved, file))!);
            File.Copy(s_solution[file], Path.Combine(moved, file));
        }

        await using RunningProgram run = RunningProgram.Start(Path.Combine(moved, "x64/Debug/App"), [], "/", new Dictionary<string, string> { ["LD_TRACE_LOADED_OBJECTS"] = "1" });
        string loaded = (await run.ExitAsync(TimeSpan.FromMinutes(1))).MustSucceed().Printed;

        Assert.Contains($"{moved}/x64/Debug/../../plugins/Debug/libplugin.so", loaded);
        Assert.Contains($"{moved}/plugins/Debug/../../deep/Debug/libdeep.so", loaded.Replace("x64/Debug/../../", ""));
    }

    [TestMethod]
    public void Events_run_in_order_with_their_macros_and_messages()
    {
        Assert.AreEqual("pre\nx64/Debug/plain.obj\nstep\nbase 1\n", s_solution.Read("App/x64/Debug/events/log.txt"));
        Assert.Contains("Before the build of App", s_build.Printed);
        CollectionAssert.AreEqual(File.ReadAllBytes(s_solution["x64/Debug/App"]), File.ReadAllBytes(s_solution["App/x64/Debug/events/copy"]));
    }

    [TestMethod]
    public void Commands_for_cmd_are_skipped_with_one_warning_that_says_what_to_do()
    {
        // dotnet build says it once more in its summary.
        string warning = Regex.Matches(s_build.Printed, "warning DB2201: .*").Select(match => match.Value).Distinct().Single();

        Assert.Contains("only for cmd.txt and 1 more", warning);
        Assert.Contains("$(OS)", warning);
        Assert.Contains("generator.vcxproj", warning);
    }

    [TestMethod]
    public void Items_and_options_of_Windows_are_left_out_with_a_message()
    {
        Assert.HasCount(1, Regex.Matches(s_build.Printed, @"DB2008: .*app\.rc.*app\.manifest|DB2008: .*app\.rc, app\.idl, app\.manifest"));
        Assert.Contains("DB2107", s_build.Printed);
        Assert.Contains("EntryPointSymbol=mainCRTStartup", s_build.Printed);
        Assert.Contains("DB2110", s_build.Printed);
    }

    [TestMethod]
    public async Task The_import_library_links_by_its_path_without_our_help()
    {
        string source = Path.Combine(Path.GetDirectoryName(s_solution.Folder)!, "user.c");
        string program = Path.ChangeExtension(source, null);
        await File.WriteAllTextAsync(source, "int plugin(void); int main(void) { return plugin(); }\n");

        (await s_solution.RunAsync("gcc", source, "-o", program, s_solution["imports/Debug/plugin.lib"], $"-Wl,-rpath-link,{s_solution["deep/Debug"]}")).MustSucceed();

        await using RunningProgram run = RunningProgram.Start(program, [], "/", new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = s_solution["plugins/Debug"] });
        Assert.AreEqual(42, (await run.ExitAsync(TimeSpan.FromMinutes(1))).ExitCode);
    }

    [TestMethod]
    public async Task Other_configurations_with_blanks_rebuild_and_clean_leave_nothing_behind()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");
        string[] sources = workspace.Files();
        string[] configuration = ["-p:Configuration=Release Static", "-p:Platform=Win32"];

        (await workspace.MSBuildAsync("My Solution.sln", ["-m", .. configuration])).MustSucceed();

        string expected = ExpectedInDebug.Replace("debug file", "other file", StringComparison.Ordinal).Replace("not in debug", "yes", StringComparison.Ordinal);
        Assert.AreEqual(expected, (await workspace.RunAsync("Release Static/App")).MustSucceed().Printed);
        Assert.Contains("Base Lib/Release Static/base.obj", workspace.Files());
        Dictionary<string, DateTime> before = Times(workspace, sources);

        ProgramResult again = (await workspace.MSBuildAsync("My Solution.sln", ["-m", .. configuration])).MustSucceed();
        Assert.DoesNotContain("compiled", again.Printed);
        Assert.DoesNotContain("Generating from", again.Printed);
        CollectionAssert.AreEquivalent(before, Times(workspace, sources), "nothing to do is nothing done");

        (await workspace.MSBuildAsync("My Solution.sln", ["-m", "-t:Rebuild", .. configuration])).MustSucceed();
        Assert.IsEmpty(before.Where(old => Times(workspace, sources)[old.Key] == old.Value).Select(old => old.Key), "everything is done again");

        (await workspace.MSBuildAsync("My Solution.sln", ["-m", "-t:Clean", .. configuration])).MustSucceed();
        // What events write is theirs.
        CollectionAssert.AreEqual(sources, workspace.Files().Where(file => !file.Contains("/events/", StringComparison.Ordinal) && !file.EndsWith("ran.txt", StringComparison.Ordinal)).ToArray());
    }

    /// <summary>When each output was written, without what events write.</summary>
    private static Dictionary<string, DateTime> Times(VcWorkspace workspace, string[] sources) =>
        workspace.Files()
            .Except(sources)
            .Where(file => !file.Contains("/events/", StringComparison.Ordinal) && !file.Contains(".tlog/", StringComparison.Ordinal) && !file.EndsWith("ran.txt", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.GetLastWriteTimeUtc(workspace[file]));
}
