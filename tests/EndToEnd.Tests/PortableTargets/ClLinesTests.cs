using System.Text.Json;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>The lines Visual Studio would run for an unmodified project, against lines written down from what was observed of it. No compiler of any kind is needed.</summary>
[TestClass]
public sealed class ClLinesTests
{
    private const string Fixture = "cl-lines", Project = "torture.vcxproj";

    public static IEnumerable<object[]> Builds => Expected.Select(line => line.Build).Distinct().Select(build => build.Split(' ')).Select(words => new object[] { words[0], words[1] });

    private static IReadOnlyList<(string Build, string Line)> Expected { get; } = [.. Read()];

    [TestMethod]
    [DynamicData(nameof(Builds))]
    public async Task The_compile_commands_are_the_lines_Visual_Studio_would_run(string toolset, string configuration)
    {
        using VcWorkspace workspace = VcWorkspace.Of(Fixture);

        IReadOnlyList<Entry> entries = await AskAsync(workspace, configuration, $"-p:PlatformToolset={toolset}");

        string program = toolset == "ClangCL" ? "clang-cl.exe" : "cl.exe";
        string[] expected = [.. Expected.Where(line => line.Build == $"{toolset} {configuration}").Select(line => $"{program} {line.Line}").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, entries.Select(entry => entry.Command).Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public async Task Asking_for_the_commands_compiles_nothing_and_needs_no_compiler()
    {
        using VcWorkspace workspace = VcWorkspace.Of(Fixture);
        workspace.Environment["DistBuildClangCl"] = "no-such-compiler";

        IReadOnlyList<Entry> entries = await AskAsync(workspace, "Release|x64", "-p:PlatformToolset=v143");

        Assert.HasCount(6, entries);
        Assert.IsEmpty(workspace.Files().Where(file => Path.GetExtension(file) is ".obj" or ".lib" or ".pch"));
    }

    [TestMethod]
    [DataRow("-p:DistBuildVisualStudioVersion=15.9", "vc141.pdb", "/diagnostics:classic")]
    [DataRow("-p:DistBuildVisualStudioVersion=16", "vc142.pdb", "/diagnostics:column")]
    [DataRow("-p:DefaultPlatformToolset=v142", "vc142.pdb", "/diagnostics:column")]
    public async Task A_project_that_leaves_its_toolset_to_Visual_Studio_gets_that_of_the_version_asked_for(string asked, string database, string diagnostics)
    {
        using VcWorkspace workspace = VcWorkspace.Of(Fixture);
        workspace.Edit(Project, "<ConfigurationType>Application</ConfigurationType>", "<ConfigurationType>Application</ConfigurationType><PlatformToolset>$(DefaultPlatformToolset)</PlatformToolset>");
        workspace.Edit(Project, @"<OutDir>bin\</OutDir>", @"<OutDir>bin\</OutDir><IntDir>$(VisualStudioVersion)\</IntDir>");

        string line = (await AskAsync(workspace, "Debug|ARM64", asked))[0].Command;

        string version = asked.Contains("15", StringComparison.Ordinal) ? "15.0" : "16.0";
        Assert.Contains($"/Fd\"{version}\\{database}\"", line);
        Assert.Contains(diagnostics, line);
    }

    [TestMethod]
    [DataRow("v141", "15.7", "/c /ZI /nologo /W1 /WX- /diagnostics:classic /Od /Oy- /D _WINDLL /D _UNICODE /D UNICODE /D _AFXDLL /Gm /EHsc /RTC1 /MDd /GS /fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /Fo\"Debug\\\\\" /Fd\"Debug\\vc141.pdb\" /Gd /TP /analyze- plain.cpp")]
    [DataRow("v142", "16.9", "/c /ZI /JMC /nologo /W1 /WX- /diagnostics:column /Od /Oy- /D _WINDLL /D _UNICODE /D UNICODE /D _AFXDLL /Gm- /EHsc /RTC1 /MDd /GS /fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /Fo\"Debug\\\\\" /Fd\"Debug\\vc142.pdb\" /Gd /TP /analyze- /FC plain.cpp")]
    [DataRow("v141", "16.11", "/c /ZI /JMC /nologo /W1 /WX- /diagnostics:classic /Od /Oy- /D _WINDLL /D _UNICODE /D UNICODE /D _AFXDLL /Gm- /EHsc /RTC1 /MDd /GS /fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /Fo\"Debug\\\\\" /Fd\"Debug\\vc141.pdb\" /Gd /TP /analyze- /FC plain.cpp")]
    public async Task Older_updates_and_newer_versions_of_Visual_Studio_can_be_asked_for(string toolset, string version, string expected)
    {
        using VcWorkspace workspace = VcWorkspace.Of(Fixture);
        workspace.Environment["DistBuildVisualStudioVersion"] = version;

        IReadOnlyList<Entry> entries = await AskAsync(workspace, "Debug|Win32", $"-p:PlatformToolset={toolset}");

        Assert.AreEqual("cl.exe " + expected, entries.Single(entry => entry.File == workspace["plain.cpp"]).Command);
    }

    [TestMethod]
    [DataRow("v143", "", @"x64\Debug\\", "src/project/x64/Debug/")]
    [DataRow("v143", "src/All.sln", @"x64\Debug\\", "src/x64/Debug/")]
    [DataRow("v143", "All.sln", @"x64\Debug\\", "x64/Debug/")]
    [DataRow("v143", "src/project/All.sln", @"a-librar.C0FFEE00\x64\Debug\\", "src/project/x64/Debug/")]
    [DataRow("v142", "src/project/All.sln", @"x64\Debug\\", "src/project/x64/Debug/")]
    public async Task Folders_are_those_of_a_build_in_the_solution_that_lies_nearest(string toolset, string solution, string objects, string output)
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        const string Name = "a-library-with-a-long-name";
        string file = $"src/project/{Name}.vcxproj";
        workspace.Write(file, VcFile.Of("StaticLibrary", VcFile.Sources("a.cpp"))
            .Replace("""<ItemGroup Label""", """<PropertyGroup Label="Globals"><ProjectGuid>{C0FFEE00-0000-0000-0000-000000000000}</ProjectGuid></PropertyGroup><ItemGroup Label""", StringComparison.Ordinal));
        workspace.Write("src/project/a.cpp", "int a;\n");
        if (solution.Length > 0)
        {
            workspace.Write(solution, "");
        }

        workspace.Edit(file, "<ItemDefinitionGroup>", "<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>NAME_$(SolutionName)</PreprocessorDefinitions></ClCompile>");
        string line = (await AskAsync(workspace, "Debug|x64", $"-p:PlatformToolset={toolset}", file)).Single().Command;

        Assert.Contains(solution.Length == 0 ? "/D \"NAME_*Undefined*\" " : "/D NAME_All ", line);
        Assert.Contains($"/Fo\"{objects}\" /Fd\"{workspace[output]}{Name}.pdb\"", line);
    }

    [TestMethod]
    public async Task The_arguments_have_the_words_of_the_line_and_paths_of_this_system()
    {
        using VcWorkspace workspace = VcWorkspace.Of(Fixture);

        Entry entry = (await AskAsync(workspace, "Release|x64", "-p:PlatformToolset=v143")).Single(entry => entry.File == workspace["everything.cpp"]);

        Assert.AreEqual("cl.exe /c /Iinclude /Ithird-party/include /Z7", string.Join(' ', entry.Arguments.Take(5)));
        Assert.Contains("NAME=\"value\"", entry.Arguments);
        Assert.Contains("/Fox64/Release/sub/", entry.Arguments);
        Assert.AreEqual("everything.cpp", entry.Arguments[^1]);
        Assert.AreEqual(workspace["x64/Release/sub/everything.obj"], entry.Output);
    }

    private static async Task<IReadOnlyList<Entry>> AskAsync(VcWorkspace workspace, string build, string toolset, string project = Project)
    {
        string[] names = build.Split('|');
        (await workspace.MSBuildAsync(
            project, "-p:DistBuildToolset=cl", toolset, $"-p:Configuration={names[0]}", $"-p:Platform={names[1]}",
            $"-p:DistBuildCompileCommands={workspace["commands.json"]}", "-p:DistBuildCompileCommandsOnly=true")).MustSucceed();
        using JsonDocument document = JsonDocument.Parse(workspace.Read("commands.json"));
        return [.. document.RootElement.EnumerateArray().Select(Entry.Of)];
    }

    private static IEnumerable<(string Build, string Line)> Read()
    {
        string file = Path.Combine(Harness.Product.Repository, "tests", "Fixtures", "portable", Fixture, "lines.txt");
        foreach (string line in File.ReadLines(file).Where(line => !line.StartsWith('#')))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            yield return (line[..colon], line[(colon + 2)..]);
        }
    }

    private sealed record Entry(string File, string Command, string[] Arguments, string Output)
    {
        public static Entry Of(JsonElement json) => new(
            json.GetProperty("file").GetString()!,
            json.GetProperty("command").GetString()!,
            [.. json.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)],
            json.GetProperty("output").GetString()!);
    }
}
