using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Unity (jumbo) builds: wherever in its order the compile step combines sources, each is compiled once, in its unity file, and linked once.</summary>
[TestClass]
public sealed class UnityFileTests
{
    [TestMethod]
    [DataRow("before", 2, 0, "")]
    [DataRow("within", 1, 2, "app/Debug/unity.cpp")]
    public async Task Files_that_the_compile_step_makes_are_compiled_by_one_and_their_sources_by_nobody(string when, int taken, int left, string stock)
    {
        using VsWorkspace workspace = Prepare("", "");

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:UnityFilesAre=" + when)).MustSucceed();

        build.Report.MustBe(Outcomes(taken, left));
        Assert.AreEqual(stock.Length == 0 ? "" : $"rest: {workspace[stock]}", string.Concat(workspace.Stock()));
        Assert.AreEqual("main unity", workspace.Linked());
        Assert.AreEqual(7, (await workspace.Developer.RunAsync(workspace["Debug/app"])).ExitCode);
        Assert.IsTrue(build.Report.Units.Where(unit => unit.Outcome == "leftToProject").All(unit => unit.Reason == "it is compiled as a part of a unity file"));
    }

    [TestMethod]
    [DataRow("before", 2, 0)]
    [DataRow("within", 2, 2)]
    public async Task Files_of_the_projects_own_are_taken_and_their_sources_compiled_by_nobody(string when, int taken, int left)
    {
        const string Custom = "<CustomUnityFile>true</CustomUnityFile>";
        using VsWorkspace workspace = Prepare(Custom, VsProject.Source("own.cpp", "<IncludeInUnityFile>false</IncludeInUnityFile>" + Custom));
        workspace.Write("own.cpp", "#include \"one.cpp\"\n#include \"two.cpp\"\n");

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", "-p:UnityFilesAre=" + when)).MustSucceed();

        build.Report.MustBe(Outcomes(taken, left));
        Assert.IsEmpty(workspace.Stock());
        Assert.AreEqual("own main", workspace.Linked());
        Assert.AreEqual(7, (await workspace.Developer.RunAsync(workspace["Debug/app"])).ExitCode);
    }

    /// <summary>Two sources of which the second does not compile alone, and a main that is in no unity file.</summary>
    private static VsWorkspace Prepare(string metadata, string first)
    {
        VsWorkspace workspace = new(VsWorkspace.Vs2022);
        workspace.Write("one.cpp", "static int hidden() { return 7; }\n");
        workspace.Write("two.cpp", "int two() { return hidden(); }\n");
        workspace.Write("main.cpp", "int two();\nint main() { return two(); }\n");
        string member = "<IncludeInUnityFile>true</IncludeInUnityFile>" + metadata;
        workspace.Write("app.vcxproj", VsProject.Of(
            first + VsProject.Source("one.cpp", member) + VsProject.Sources("main.cpp") + VsProject.Source("two.cpp", member),
            properties: "<EnableUnitySupport>true</EnableUnitySupport>"));
        return workspace;
    }

    private static (string, int)[] Outcomes(int taken, int left) => left == 0 ? [("compiledLocally", taken)] : [("compiledLocally", taken), ("leftToProject", left)];
}
