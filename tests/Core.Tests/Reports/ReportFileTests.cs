using System.Text.Json;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Core.Tests.Reports;

[TestClass]
public sealed class ReportFileTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "report.json");

    [TestCleanup]
    public void Clean()
    {
        if (Directory.Exists(Path.GetDirectoryName(_path)))
        {
            Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        }
    }

    [TestMethod]
    public async Task A_report_has_the_documented_fields()
    {
        await ReportFile.AppendAsync(_path, Report("a.vcxproj", Unit("a.cpp", UnitOutcome.AgentHit, KeyMode.Preprocessed, "agent-b", null)), CancellationToken.None);

        string line = await File.ReadAllTextAsync(_path);
        Assert.AreEqual(
            """{"schema":1,"project":"a.vcxproj","configuration":"Debug","platform":"x64","units":[{"source":"/src/a.cpp","object":"/obj/a.cpp.obj","outcome":"agentHit","keyed":"preprocessed","agent":"agent-b","reason":null,"milliseconds":2.5}],"totals":{"upToDate":0,"localHit":0,"agentHit":1,"compiledOnAgent":0,"compiledLocally":0,"notCacheable":0,"failed":0,"leftToProject":0}}""" + "\n",
            line);
    }

    [TestMethod]
    public async Task Projects_that_write_at_once_each_leave_one_whole_line()
    {
        UnitResult[] units = [.. Enumerable.Range(0, 200).Select(i => Unit($"{i}.cpp", UnitOutcome.CompiledLocally, null, null, "because"))];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ReportFile.AppendAsync(_path, Report($"{i}.vcxproj", units), CancellationToken.None))));

        string[] projects = [.. (await File.ReadAllLinesAsync(_path)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("project").GetString()!)];
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 16).Select(i => $"{i}.vcxproj").ToArray(), projects);
    }

    private static BuildReport Report(string project, params UnitResult[] units) => new(project, "Debug", "x64", units);

    private static UnitResult Unit(string name, UnitOutcome outcome, KeyMode? keyed, string? agent, string? reason)
    {
        CompileCommand command = new("g++", [], "/", new Dictionary<string, string>());
        return new UnitResult(new TranslationUnit(name, "/src/" + name, $"/obj/{name}.obj", command), outcome, keyed, agent, reason, TimeSpan.FromTicks(25_000), 0, "", "");
    }
}
