using System.Text.Json;
using DistBuild.Core.Hashing;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

/// <summary><c>distbuild explain</c> after real compiles by <c>distbuild compile</c>, and on reports of every kind.</summary>
[TestClass]
public sealed class ExplainTests : IDisposable
{
    private const string Unit =
        """{"source":"/src/a.cpp","object":"/obj/a.o","outcome":"compiledLocally","keyed":"direct","agent":null,"reason":"because","milliseconds":1,"outOfDate":"h.h changed","comparedWith":"2026-01-02T03:04:05+00:00","changes":[{"part":"header","change":"appeared","name":"h.h","before":null,"after":null}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task A_folder_explains_the_last_compile_of_each_unit_below_it()
    {
        Write("h.h", "#define ANSWER 1\n");
        Write("a.cpp", "#include \"h.h\"\nint a = ANSWER;\n");
        await CompileAsync("-O1");
        Write("h.h", "#define ANSWER 22\n");
        await CompileAsync("-O2");

        Tool tool = await RunAsync("explain"), other = await RunAsync("explain", _folder.Write("elsewhere/x", "")[..^2]);

        Assert.AreEqual(0, tool.ExitCode, tool.Errors);
        Assert.StartsWith("1 unit: 1 compiled here\n", tool.Output);
        Assert.Contains("    why it was not taken from the cache: the local store knows no compile of these files with this command and compiler\n", tool.Output);
        Assert.Contains("      argument     -O1 became -O2\n      header       h.h changed\n", tool.Output);
        Assert.AreEqual((1, ""), (other.ExitCode, other.Output));
        Assert.Contains($"no build of {_folder["elsewhere"]} is remembered beside the store {_folder["store"]}.", other.Errors);
    }

    [TestMethod]
    [DataRow("a.cpp")]
    [DataRow("a.o")]
    [DataRow("./a.cpp")]
    public async Task A_unit_is_found_by_its_source_or_object(string name)
    {
        Write("a.cpp", "int a;\n");
        await CompileAsync("-O1");

        Tool tool = await RunAsync("explain", ".", name);

        Assert.AreEqual(0, tool.ExitCode, tool.Errors);
        Assert.StartsWith($"{_folder["a.cpp"]}: compiled here at ", tool.Output);
        Assert.Contains("what changed: no earlier build of it is remembered here\n", tool.Output);
    }

    [TestMethod]
    public async Task A_result_that_is_no_longer_kept_is_said_to_be_that()
    {
        Write("a.cpp", "int a;\n");
        await CompileAsync("-O1");
        Assert.AreEqual(0, (await RunAsync("store", "clear")).ExitCode);
        await CompileAsync("-O1");

        Assert.Contains("nothing its key is made of, but its result is not kept any more\n", (await RunAsync("explain")).Output);
    }

    [TestMethod]
    public async Task A_report_explains_itself_by_the_last_build_of_each_project()
    {
        string report = Report(Line("a.vcxproj", Unit.Replace("because", "long ago")), Line("b.vcxproj", Unit.Replace("/src/a", "/src/b")), Line("a.vcxproj", Unit));

        Tool all = await RunAsync("explain", report), one = await RunAsync("explain", report, "src/a.cpp");

        Assert.StartsWith("2 units: 2 compiled here\n", all.Output);
        Assert.StartsWith("/src/a.cpp (Debug|x64): compiled here\n    why it was not up to date: h.h changed\n    why it was not taken from the cache: because\n", one.Output);
        Assert.Contains("      header       h.h appeared, and is read now\n", one.Output);
        Assert.DoesNotContain("long ago", all.Output);
    }

    [TestMethod]
    public async Task Json_has_what_the_text_says()
    {
        using JsonDocument document = JsonDocument.Parse((await RunAsync("explain", Report(Line("a.vcxproj", Unit)), "--json")).Output);

        JsonElement unit = document.RootElement.GetProperty("units")[0];
        Assert.AreEqual("because", unit.GetProperty("reason").GetString());
        JsonElement change = unit.GetProperty("changes").GetProperty("differences")[0];
        Assert.AreEqual(("header", "appeared", "h.h"), (change.GetProperty("part").GetString(), change.GetProperty("change").GetString(), change.GetProperty("name").GetString()));
    }

    [TestMethod]
    public async Task A_name_of_several_units_lists_them_and_more_of_the_path_decides()
    {
        string report = Report(Line("a.vcxproj", Unit, Unit.Replace("/src/a", "/src/sub/a").Replace("/obj/a", "/obj/sub/a")));

        Tool ambiguous = await RunAsync("explain", report, "a.cpp"), decided = await RunAsync("explain", report, "sub/a.cpp");

        Assert.AreEqual((2, ""), (ambiguous.ExitCode, ambiguous.Output));
        Assert.Contains("'a.cpp' is the name of 2 units; give more of the path:\n  /src/a.cpp\n  /src/sub/a.cpp\n", ambiguous.Errors);
        Assert.StartsWith("/src/sub/a.cpp", decided.Output);
    }

    [TestMethod]
    public async Task An_unknown_unit_is_answered_with_those_that_are_there()
    {
        Tool tool = await RunAsync("explain", Report(Line("a.vcxproj", Unit)), "b.cpp");

        Assert.AreEqual((1, "distbuild: no unit is called 'b.cpp'. There are a.cpp.\n"), (tool.ExitCode, tool.Errors));
    }

    [TestMethod]
    [DataRow("missing", "there is no ")]
    [DataRow("", " is empty: no build has written its report to it.")]
    [DataRow("[1", " is not a DistBuild report: it is not JSON.")]
    [DataRow("{}", " is not a DistBuild report: line 1 does not have its fields.")]
    [DataRow("[]", " is not a DistBuild report: line 1 does not have its fields.")]
    [DataRow("{\"schema\":\"1\"}", " is not a DistBuild report: line 1 does not have its fields.")]
    [DataRow("{\"schema\":2}", " is a report of version 2, and this distbuild reads version 1.")]
    [DataRow("cut", " is damaged: line 2 is not whole JSON")]
    public async Task A_file_that_is_no_whole_report_is_refused_with_the_reason(string content, string reason)
    {
        string whole = Line("a.vcxproj", Unit);
        string path = content == "missing" ? _folder["missing.json"] : Report(content == "cut" ? [whole, whole[..100]] : [content]);

        Tool tool = await RunAsync("explain", path);

        Assert.AreEqual((1, ""), (tool.ExitCode, tool.Output));
        Assert.Contains(reason, tool.Errors);
        Assert.Contains(path, tool.Errors);
    }

    [TestMethod]
    public async Task A_project_that_is_not_there_is_named()
    {
        Tool tool = await RunAsync("explain", "nowhere.vcxproj");

        Assert.AreEqual((1, $"distbuild: there is no project {_folder["nowhere.vcxproj"]}.\n"), (tool.ExitCode, tool.Errors));
    }

    private static string Line(string project, params string[] units) =>
        $$$"""{"schema":1,"project":"{{{project}}}","configuration":"Debug","platform":"x64","units":[{{{string.Join(",", units)}}}],"totals":{}}""";

    private string Report(params string[] lines) => _folder.Write("report.json", string.Join('\n', lines));

    /// <summary>A file that was edited so long before the compile that a later edit must show.</summary>
    private void Write(string name, string text)
    {
        Assert.IsTrue(FileIdentity.TryRead(_folder.Write(name, text), out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    private async Task CompileAsync(string option)
    {
        Tool tool = await RunAsync("compile", "--", "g++", option, "-c", "a.cpp", "-o", "a.o");
        Assert.AreEqual((0, "", ""), (tool.ExitCode, tool.Output, tool.Errors));
    }

    private Task<Tool> RunAsync(params string[] arguments) => Tool.RunAsync(
        _folder.Path, new Dictionary<string, string> { ["DistBuildStore"] = "store", ["DistBuildDiscovery"] = "off" }, arguments);
}
