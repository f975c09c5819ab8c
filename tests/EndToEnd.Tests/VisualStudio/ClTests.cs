using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Projects of Visual Studio's own compiler, with a program that stands for cl.exe on the PATH that its targets set.</summary>
[TestClass]
public sealed class ClTests
{
    private const string Old = "19.16.27051", New = "19.38.33130";

    [TestMethod]
    [DataRow("v143", New, 1033)]
    [DataRow("v141", Old, 1033)]
    [DataRow("v140", Old, 1031)]
    [DataRow("v142", New, 1031)]
    public async Task Units_are_served_and_the_words_of_a_hit_are_those_of_the_compile(string toolset, string version, int language)
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        Install(workspace, version, language);
        workspace.WriteProgram("one", "two");
        workspace.Write("one.cpp", "#include \"shared.h\"\nint one() { int unused; return SHARED; }\n");
        workspace.Write("app.vcxproj", Project(toolset, "<DebugInformationFormat>OldStyle</DebugInformationFormat><WarningLevel>Level4</WarningLevel>"));

        BuildResult first = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();
        byte[] compiled = workspace.Developer.Bytes("app/Debug/one.obj");
        Directory.Delete(workspace["app"], recursive: true);
        BuildResult second = (await workspace.BuildAsync("app.vcxproj")).MustSucceed();

        first.Report.MustBe(("compiledLocally", 3));
        second.Report.MustBe(("localHit", 3));
        CollectionAssert.AreEqual(compiled, workspace.Developer.Bytes("app/Debug/one.obj"));
        CollectionAssert.AreEqual(Array.Empty<string>(), workspace.Stock());
        Assert.AreEqual("one two main", workspace.Linked());
        foreach (BuildResult build in (BuildResult[])[first, second])
        {
            Assert.Contains($"{workspace["one.cpp"]}(2,17): warning", build.Printed);
            Assert.DoesNotContain("including file", build.Printed);
            Assert.DoesNotContain("Einlesen der Datei", build.Printed);
        }

        workspace.Write("shared.h", "#pragma once\n#define SHARED 2\n");
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 2), ("upToDate", 1));
    }

    [TestMethod]
    public async Task A_failure_is_said_in_the_compilers_own_words_of_its_code_page()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        Install(workspace, New, 1033);
        workspace.WriteProgram("one");
        workspace.Write("one.cpp", "#error größe\n");
        workspace.Write("app.vcxproj", Project("v143", "<DebugInformationFormat>OldStyle</DebugInformationFormat>", "one", "main"));

        BuildResult build = await workspace.BuildAsync("app.vcxproj");

        Assert.AreNotEqual(0, build.ExitCode);
        Assert.Contains($"{workspace["one.cpp"]}(1,2): error", build.Printed);
        Assert.Contains("größe", build.Printed);
    }

    [TestMethod]
    public async Task A_database_is_left_to_cl_and_embedded_debug_information_is_served()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        Install(workspace, New, 1033);
        workspace.WriteProgram("one", "two");
        workspace.Write("app.vcxproj", Project("v143", "<DebugInformationFormat>ProgramDatabase</DebugInformationFormat>"));

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("leftToProject", 3));
        Directory.Delete(workspace["app"], recursive: true);
        (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildDebugFormat=Embedded")).MustSucceed().Report.MustBe(("compiledLocally", 3));
        Directory.Delete(workspace["app"], recursive: true);
        (await workspace.BuildAsync("app.vcxproj", "-p:DistBuildDebugFormat=Embedded")).MustSucceed().Report.MustBe(("localHit", 3));
    }

    [TestMethod]
    public async Task A_precompiled_header_is_made_here_once_and_its_users_are_served()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        Install(workspace, New, 1033);
        workspace.Write("pch.h", "#define SHARED 1\n");
        workspace.Write("pch.cpp", "#include \"pch.h\"\n");
        workspace.Write("one.cpp", "#include \"pch.h\"\nint one() { return SHARED; }\n");
        workspace.Write("app.vcxproj", VsProject.Of(
            VsProject.Source("one.cpp") + VsProject.Source("pch.cpp", "<PrecompiledHeader>Create</PrecompiledHeader>"),
            "<PrecompiledHeader>Use</PrecompiledHeader><DebugInformationFormat>OldStyle</DebugInformationFormat>",
            "<PlatformToolset>v143</PlatformToolset>"));

        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1), ("notCacheable", 1));
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("upToDate", 2));
        File.Delete(workspace["app/Debug/one.obj"]);
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("localHit", 1), ("upToDate", 1));
        workspace.Write("pch.h", "#define SHARED 2\n");
        (await workspace.BuildAsync("app.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1), ("notCacheable", 1));
        CollectionAssert.AreEqual(Array.Empty<string>(), workspace.Stock());
    }

    [TestMethod]
    public async Task A_tool_path_of_the_project_is_honoured()
    {
        using VsWorkspace workspace = new(VsWorkspace.Vs2022);
        ClInstallation cl = new(workspace["own tools"]);
        workspace.WriteProgram("one", "two");
        workspace.Write("app.vcxproj", Project("v143", "<DebugInformationFormat>OldStyle</DebugInformationFormat>"));

        (await workspace.BuildAsync("app.vcxproj", $"-p:CLToolPath={Path.GetDirectoryName(cl.Compiler)}")).MustSucceed().Report.MustBe(("compiledLocally", 3));
    }

    private static void Install(VsWorkspace workspace, string version, int language)
    {
        ClInstallation cl = new(workspace["../vc"], version);
        cl.Speak(1031, "Microsoft (R) C/C++-Optimierungscompiler Version %s für x64\nHinweis: Einlesen der Datei:\n");
        workspace.Developer.Environment["PATH"] = Path.GetDirectoryName(cl.Compiler) + ":" + workspace.Developer.Environment["PATH"];
        workspace.Developer.Environment["VSLANG"] = $"{language}";
    }

    private static string Project(string toolset, string definitions, params string[] sources) =>
        VsProject.Of(VsProject.Sources([.. (sources.Length > 0 ? sources : ["one", "two", "main"]).Select(source => source + ".cpp")]), definitions, $"<PlatformToolset>{toolset}</PlatformToolset>");
}
