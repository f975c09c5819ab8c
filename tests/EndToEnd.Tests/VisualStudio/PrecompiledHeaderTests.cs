using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Precompiled headers with clang-cl: made once and here, by one of the two compile steps, and what uses them goes the same way.</summary>
[TestClass]
public sealed class PrecompiledHeaderTests
{
    private const string Create = "<PrecompiledHeader>Create</PrecompiledHeader>", Use = "<PrecompiledHeader>Use</PrecompiledHeader>";

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017, "")]
    [DataRow(VsWorkspace.Vs2022, "-p:UseMultiToolTask=true")]
    public async Task It_is_made_first_and_once_and_its_users_are_served(string version, string how)
    {
        using VsWorkspace workspace = Program(version);
        string[] options = ["-p:DistBuildTrackingLogs=true", .. how.Length > 0 ? [how] : (string[])[]];

        BuildResult first = (await workspace.BuildAsync("app.vcxproj", options)).MustSucceed();

        first.Report.MustBe(("notCacheable", 1), ("compiledLocally", 3));
        Assert.IsEmpty(workspace.Stock());
        Assert.AreEqual("user pch other plain", workspace.Linked());
        Assert.IsLessThan(first.Printed.IndexOf("user.cpp  compiled", StringComparison.Ordinal), first.Printed.IndexOf("pch.cpp  compiled", StringComparison.Ordinal));
        string header = (workspace.Folder + "/APP/DEBUG/APP.PCH").ToUpperInvariant();
        Assert.Contains(header, Entry(workspace.Log("CL.write.1.tlog")!, "PCH.CPP"));
        Assert.Contains(header, Entry(workspace.Log("CL.read.1.tlog")!, "USER.CPP"));
        Assert.DoesNotContain(header, Entry(workspace.Log("CL.read.1.tlog")!, "PLAIN.CPP"));
        (await workspace.BuildAsync("app.vcxproj", options)).MustSucceed().Report.MustBe(("upToDate", 4));
    }

    [TestMethod]
    public async Task A_changed_header_recompiles_its_users_and_nothing_else()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2017);
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed();
        workspace.Write("pch.h", "inline int twice(int x) { return x + x; }\n");

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("notCacheable", 1), ("compiledLocally", 2), ("upToDate", 1));
    }

    [TestMethod]
    public async Task One_that_is_gone_is_made_again()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2022);
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed();
        File.Delete(workspace["app/Debug/app.pch"]);

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        Assert.AreEqual("notCacheable", build.Report.Units.Single(unit => unit.Source.EndsWith("pch.cpp", StringComparison.Ordinal)).Outcome);
        Assert.IsTrue(File.Exists(workspace["app/Debug/app.pch"]));
    }

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017, "", "create: pch.cpp|rest: user.cpp other.cpp")]
    [DataRow(VsWorkspace.Vs2022, "", "create: pch.cpp|rest: user.cpp other.cpp")]
    [DataRow(VsWorkspace.Vs2022, "-p:UseMultiToolTask=true", "multi: pch.cpp user.cpp other.cpp")]
    public async Task Where_the_stock_compiler_must_make_it_it_gets_the_users_too_also_when_an_old_one_is_there(string version, string how, string stock)
    {
        using VsWorkspace workspace = Program(version);
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed();
        workspace.Write("app.vcxproj", Project(Create + "<AssemblerOutput>AssemblyCode</AssemblerOutput>"));
        workspace.Write("pch.h", "inline int twice(int x) { return x + x; }\n");

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", how.Length > 0 ? [how] : [])).MustSucceed();

        build.Report.MustBe(("leftToProject", 3), ("upToDate", 1));
        CollectionAssert.AreEqual(stock.Split('|'), workspace.Stock());
        Assert.AreEqual("user pch other plain", workspace.Linked());
        Assert.Contains("app.pch is made by the project's own compiler", build.Report.Units.Single(unit => unit.Source.EndsWith("user.cpp", StringComparison.Ordinal)).Reason!);
    }

    [TestMethod]
    public async Task A_header_that_does_not_compile_is_said_once()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2017);
        workspace.Write("pch.h", "int broken() { return nonsense; }\n");

        BuildResult build = (await workspace.BuildAsync("app.vcxproj")).MustFail();

        Assert.HasCount(2, build.Printed.Split("[1/1] pch.cpp  failed"));
        Assert.DoesNotContain("user.cpp  ", build.Printed);
        Assert.IsEmpty(workspace.Stock());
    }

    private static VsWorkspace Program(string version)
    {
        VsWorkspace workspace = new(version);
        workspace.Write("pch.h", "inline int twice(int x) { return 2 * x; }\n");
        workspace.Write("pch.cpp", "#include \"pch.h\"\n");
        workspace.Write("user.cpp", "#include \"pch.h\"\nint user() { return twice(1); }\n");
        workspace.Write("other.cpp", "#include \"pch.h\"\nint other() { return twice(2); }\n");
        workspace.Write("plain.cpp", "int plain() { return 0; }\n");
        workspace.Write("app.vcxproj", Project(Create));
        return workspace;
    }

    private static string Project(string maker) => VsProject.Of(
        VsProject.Source("user.cpp", Use) + VsProject.Source("pch.cpp", maker) + VsProject.Source("other.cpp", Use) + VsProject.Source("plain.cpp"),
        properties: "<PlatformToolset>ClangCL</PlatformToolset>", type: "StaticLibrary");

    /// <summary>What a log says about a source.</summary>
    private static string Entry(string log, string source) => log.Split('^').Single(entry => entry.Split('\n')[0].TrimEnd().EndsWith(source, StringComparison.Ordinal));
}
