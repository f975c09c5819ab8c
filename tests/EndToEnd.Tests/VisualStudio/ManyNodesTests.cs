using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging.StructuredLogger;
using Task = System.Threading.Tasks.Task;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary><c>msbuild /m</c>: several build nodes share the store, the machine's cores, and one summary.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ManyNodesTests
{
    private const string Solution = "all.slnx";

    private static readonly string[] Projects = ["alpha", "beta", "gamma"];

    private static readonly string[] Parallel = ["-m:3", "-p:Configuration=Debug", "-p:Platform=x64"];

    [TestMethod]
    [DataRow("")]
    [DataRow("-mt")]
    public async Task The_last_summary_is_that_of_the_whole_build_and_each_build_begins_anew(string mode)
    {
        using VsWorkspace workspace = await ProgramAsync();
        string[] options = [.. Parallel, .. mode.Length > 0 ? [mode] : (string[])[]];

        BuildResult cold = (await workspace.BuildAsync(Solution, options)).MustSucceed();
        Clean(workspace);
        BuildResult warm = (await workspace.BuildAsync(Solution, options)).MustSucceed();
        BuildResult idle = (await workspace.BuildAsync(Solution, options)).MustSucceed();

        cold.Report.MustBe(("compiledLocally", 9));
        warm.Report.MustBe(("localHit", 9));
        Assert.AreEqual("3 projects so far, 9 units: 9 compiled here", LastSummary(cold));
        Assert.AreEqual("3 projects so far, 9 units: 9 from the local store", LastSummary(warm));
        Assert.AreEqual("3 projects so far, 9 units: 9 up to date", LastSummary(idle));
        Assert.HasCount(3, cold.Printed.Split("DB3010"), "one after the second project, one after the third");
    }

    [TestMethod]
    public async Task Who_searches_a_binary_log_for_the_summary_finds_it_under_its_code_and_its_name()
    {
        using VsWorkspace workspace = await ProgramAsync();

        (await workspace.BuildAsync(Solution, [.. Parallel, "-bl:build.binlog"])).MustSucceed();

        string[] summaries =
        [
            .. BinaryLog.ReadRecords(workspace["build.binlog"]).Select(record => record.Args).OfType<BuildMessageEventArgs>()
                .Where(message => message.Code == "DB3010").Select(message => message.Message!),
        ];
        Assert.HasCount(Projects.Length, summaries, "each project says how far the build is");
        Assert.IsTrue(summaries.All(summary => summary.StartsWith("DistBuild summary: ", StringComparison.Ordinal)));
        Assert.Contains("DistBuild summary: 3 projects so far, 9 units: 9 compiled here", summaries);
    }

    [TestMethod]
    public async Task What_is_one_unit_in_three_projects_is_compiled_once()
    {
        using VsWorkspace workspace = await ProgramAsync();
        foreach (string project in Projects)
        {
            workspace.Write($"{project}/same.cpp", "int same() { return 42; }\n");
            workspace.Write($"{project}/{project}.vcxproj", Library("same.cpp"));
        }

        (await workspace.BuildAsync(Solution, "-m:1", "-p:Configuration=Debug", "-p:Platform=x64")).MustSucceed().Report.MustBe(("compiledLocally", 1), ("localHit", 2));
    }

    [TestMethod]
    public async Task All_nodes_together_run_no_more_compilers_than_MSBuild_lends_cores()
    {
        using VsWorkspace workspace = await ProgramAsync();
        Directory.CreateDirectory(workspace["running"]);
        string compiler = workspace["counting"];
        workspace.Write("counting", $"""
            #!/bin/sh
            case "$*" in *" -c "*) ;; *) exec g++ "$@" ;; esac
            mark="{workspace["running"]}/$$"
            : > "$mark"
            ls "{workspace["running"]}" | wc -l >> "{workspace["counts"]}"
            sleep 0.3
            g++ "$@"
            code=$?
            rm "$mark"
            exit $code
            """);
        (await workspace.Developer.RunAsync("chmod", "+x", compiler)).MustSucceed();

        (await workspace.BuildAsync(Solution, [.. Parallel, $"-p:CXX={compiler}"])).MustSucceed();

        int[] counts = [.. File.ReadAllLines(workspace["counts"]).Select(int.Parse)];
        Assert.HasCount(9, counts);
        // Every node has one core of its own; what they get beyond that is lent to one at a time.
        Assert.IsLessThanOrEqualTo(Parallel.Length + Environment.ProcessorCount - 1, counts.Max());
    }

    [TestMethod]
    public async Task In_a_multithreaded_build_the_tasks_run_in_the_builds_own_process()
    {
        using VsWorkspace workspace = await ProgramAsync();
        workspace.Write("Directory.Build.targets", """
            <Project>
              <UsingTask TaskName="Stranger" TaskFactory="RoslynCodeTaskFactory" AssemblyFile="$(MSBuildToolsPath)/Microsoft.Build.Tasks.Core.dll">
                <Task><Code Type="Fragment" Language="cs">Log.LogMessage("here");</Code></Task>
              </UsingTask>
              <Target Name="CallStranger" AfterTargets="ClCompile"><Stranger /></Target>
            </Project>
            """);

        string printed = (await workspace.BuildAsync(Solution, [.. Parallel, "-mt", "-v:diagnostic", "-p:DistBuildTrackingLogs=true"])).MustSucceed().Printed;

        string[] moved = [.. Regex.Matches(printed, "Task \"([^\"]+)\" ran in TaskHost process").Select(match => match.Groups[1].Value).Distinct()];
        Assert.Contains("Stranger", moved, "this build is multithreaded: a task that does not say it can is moved out");
        Assert.IsEmpty(moved.Where(task => task.Contains("DistBuild", StringComparison.Ordinal)));
        Assert.Contains("DistBuild.Tasks.Compiling.CompileUnits", printed);
        Assert.Contains("DistBuild.Tasks.Tracking.ListServedItems", printed);
    }

    private static string LastSummary(BuildResult build) =>
        Regex.Matches(build.Printed, @"DistBuild summary: ([^\[\n]+?) *(\[|\n)").Last().Groups[1].Value.Trim();

    private static void Clean(VsWorkspace workspace)
    {
        foreach (string project in Projects)
        {
            Directory.Delete(workspace[$"{project}/{project}"], recursive: true);
        }
    }

    private static async Task<VsWorkspace> ProgramAsync()
    {
        VsWorkspace workspace = new(VsWorkspace.Vs2022);
        foreach (string project in Projects)
        {
            foreach (int i in (int[])[1, 2, 3])
            {
                workspace.Write($"{project}/{project}{i}.cpp", $"int {project}{i}() {{ return {i}; }}\n");
            }

            workspace.Write($"{project}/{project}.vcxproj", Library([.. Enumerable.Range(1, 3).Select(i => $"{project}{i}.cpp")]));
        }

        workspace.Write(Solution, $"""
            <Solution>
              <Configurations><Platform Name="x64" /></Configurations>
              {string.Concat(Projects.Select(project => $"""<Project Path="{project}/{project}.vcxproj" />"""))}
            </Solution>
            """);
        (await workspace.Developer.RunAsync("dotnet", "restore", Solution)).MustSucceed();
        return workspace;
    }

    private static string Library(params string[] sources) => VsProject.Of(VsProject.Sources(sources), type: "StaticLibrary");
}
