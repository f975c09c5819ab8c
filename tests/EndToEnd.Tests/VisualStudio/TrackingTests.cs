using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Visual Studio's tracking logs, which its up-to-date check, its Clean and its stock compiler read, are right about units that it did not compile.</summary>
[TestClass]
public sealed class TrackingTests
{
    private const string Track = "-p:DistBuildTrackingLogs=true";

    private static readonly string[] Logs = ["CL.command.1.tlog", "CL.read.1.tlog", "CL.write.1.tlog", "Cl.items.tlog"];

    [TestMethod]
    [DataRow(VsWorkspace.Vs2017)]
    [DataRow(VsWorkspace.Vs2022)]
    public async Task Compiled_units_and_hits_leave_the_same_logs_which_name_only_real_files(string version)
    {
        using VsWorkspace workspace = Program(version);
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed().Report.MustBe(("compiledLocally", 2));
        string[] compiled = [.. Logs.Select(name => workspace.Log(name)!)];
        Directory.Delete(workspace["app"], recursive: true);

        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed().Report.MustBe(("localHit", 2));

        CollectionAssert.AreEqual(compiled, Logs.Select(name => workspace.Log(name)!).ToArray());
        string root = workspace.Folder.ToUpperInvariant();
        Assert.Contains($"^{root}/ONE.CPP\r\n", compiled[1]);
        Assert.Contains($"\r\n{root}/SHARED.H\r\n", compiled[1]);
        Assert.AreEqual($"^{root}/ONE.CPP\r\n{root}/APP/DEBUG/ONE.OBJ\r\n^{root}/MAIN.CPP\r\n{root}/APP/DEBUG/MAIN.OBJ\r\n", compiled[2]);
        Assert.EndsWith($" {root}/MAIN.CPP\r\n", compiled[0]);
        Assert.AreEqual($"{workspace["one.cpp"]};{workspace["app/Debug/one.obj"]}\n{workspace["main.cpp"]};{workspace["app/Debug/main.obj"]}\n", compiled[3]);
        Assert.DoesNotContain(workspace.Developer.Store.ToUpperInvariant(), string.Concat(compiled).ToUpperInvariant());
        Assert.DoesNotContain(".TMP", string.Concat(compiled).ToUpperInvariant());
    }

    [TestMethod]
    public async Task Without_being_asked_no_log_is_written_on_this_system()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2017);

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        Assert.IsNull(workspace.Log("CL.read.1.tlog"));
        Assert.IsNull(workspace.Log("Cl.items.tlog"));
    }

    [TestMethod]
    public async Task Clean_deletes_every_object_and_nothing_of_the_store_and_the_next_build_hits()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2022);
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();
        int kept = Directory.EnumerateFiles(workspace.Developer.Store, "*", SearchOption.AllDirectories).Count();

        (await workspace.BuildAsync("app.vcxproj", "-t:Clean", Track)).MustSucceed();

        Assert.IsEmpty(workspace.Developer.Objects());
        Assert.HasCount(kept, Directory.EnumerateFiles(workspace.Developer.Store, "*", SearchOption.AllDirectories));
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed().Report.MustBe(("localHit", 2));
    }

    [TestMethod]
    public async Task What_the_stock_compiler_made_keeps_its_own_entries()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2022, VsProject.Source("managed.cpp", "<CompileAsManaged>true</CompileAsManaged>"));
        workspace.Write("managed.cpp", "int managed() { return 1; }\n");

        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed().Report.MustBe(("compiledLocally", 2), ("leftToProject", 1));
        workspace.Write("one.cpp", "#include \"shared.h\"\nint one() { return SHARED + 1; }\n");
        (await workspace.BuildAsync("app.vcxproj", Track, "-p:StockCommand=true")).MustSucceed();

        string root = workspace.Folder.ToUpperInvariant();
        string read = workspace.Log("CL.read.1.tlog")!;
        Assert.Contains($"^{root}/MANAGED.CPP\r\n/STOCK/HEADER.H", read.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\r\r\n", "\r\n", StringComparison.Ordinal));
        Assert.Contains($"{root}/SHARED.H\r\n^{root}/MAIN.CPP\r\n", read);
        Assert.HasCount(2, read.Split($"^{root}/ONE.CPP"), "one entry");
        Assert.Contains("managed.obj", workspace.Log("Cl.items.tlog")!);
        Assert.Contains("one.obj", workspace.Log("Cl.items.tlog")!);
    }

    [TestMethod]
    public async Task A_unit_that_fails_has_no_entry_until_it_compiles_again()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2017);
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();
        workspace.Write("one.cpp", "int one() { return nonsense; }\n");

        (await workspace.BuildAsync("app.vcxproj", Track)).MustFail();

        foreach (string name in Logs)
        {
            Assert.DoesNotContain("ONE.", workspace.Log(name)!.ToUpperInvariant(), name);
        }

        Assert.Contains("MAIN.CPP", workspace.Log("CL.read.1.tlog")!);
        workspace.Write("one.cpp", "int one() { return 0; }\n");
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();
        Assert.Contains("ONE.OBJ", workspace.Log("CL.write.1.tlog")!);
    }

    [TestMethod]
    public async Task Lost_logs_are_written_again_without_compiling()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2022);
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();
        string[] before = [.. Logs.Select(name => workspace.Log(name)!)];
        foreach (string file in Directory.EnumerateFiles(workspace["app/Debug/app.tlog"], "*.tlog"))
        {
            File.Delete(file);
        }

        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed().Report.MustBe(("upToDate", 2));

        CollectionAssert.AreEquivalent(before.Select(Sorted).ToArray(), Logs.Select(name => Sorted(workspace.Log(name)!)).ToArray());
    }

    [TestMethod]
    public async Task A_source_that_left_the_project_takes_its_object_with_it_and_the_others_stay()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2022);
        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();
        workspace.Write("main.cpp", "int main() { return 0; }\n");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Source("main.cpp") + VsProject.Source("other.cpp", "<CompileAsManaged>true</CompileAsManaged>")));
        workspace.Write("other.cpp", "int other() { return 0; }\n");

        (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();

        CollectionAssert.AreEqual((string[])["main.obj", "other.obj"], workspace.Developer.Objects().Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task A_log_that_cannot_be_written_is_said_and_the_build_succeeds()
    {
        using VsWorkspace workspace = Program(VsWorkspace.Vs2017);
        Directory.CreateDirectory(workspace["app/Debug/app.tlog/CL.write.1.tlog/in the way"]);

        BuildResult build = (await workspace.BuildAsync("app.vcxproj", Track)).MustSucceed();

        build.Report.MustBe(("compiledLocally", 2));
        Assert.Contains("DB3008", build.Printed);
    }

    private static VsWorkspace Program(string version, string moreItems = "")
    {
        VsWorkspace workspace = new(version);
        workspace.WriteProgram("one");
        workspace.Write("app.vcxproj", VsProject.Of(VsProject.Sources("one.cpp", "main.cpp") + moreItems));
        return workspace;
    }

    private static string Sorted(string text) => string.Concat(text.Split('\n').Order(StringComparer.Ordinal));
}
