using System.Globalization;
using System.Text;
using System.Text.Json;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

/// <summary><c>distbuild compile -- clang-cl-19 …</c> with a real agent and the compiler of this machine.</summary>
[TestClass]
public sealed class ClangClCompileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task The_agents_object_is_the_plain_one_and_everybody_else_gets_it()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        _folder.Write("project/inc/h.h", "#define H 3\n");
        _folder.Write("project/a.cpp", "#include <vector>\n#include \"h.h\"\nint a() { std::vector<int> numbers(H); int unused = 1; return numbers.size(); }\n");
        string[] arguments = ["--target=x86_64-w64-windows-gnu", "/GS-", "/EHsc", "/W4", "/Z7", "/Brepro", "/Iinc", "/c", "a.cpp", "/Foa.obj"];
        ProcessResult plain = await ProcessRunner.RunAsync(new ProcessRequest("clang-cl-19", arguments, _folder["project"], RunningAgent.Environment()), default);
        byte[] compiled = await File.ReadAllBytesAsync(_folder["project/a.obj"]);

        foreach ((string store, string outcome) in ((string, string)[])[("one", "compiledOnAgent"), ("one", "localHit"), ("two", "agentHit")])
        {
            File.Delete(_folder["project/a.obj"]);
            (ProcessResult run, string reported) = await CompileAsync(agent, store, arguments);

            Assert.AreEqual(outcome, reported);
            Assert.AreEqual((plain.ExitCode, Text(plain.Output), Text(plain.Errors)), (run.ExitCode, Text(run.Output), Text(run.Errors)));
            CollectionAssert.AreEqual(compiled, await File.ReadAllBytesAsync(_folder["project/a.obj"]));
        }
    }

    [TestMethod]
    public async Task What_agents_cannot_compile_is_compiled_here_and_said_as_the_compiler_says_it()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        _folder.Write("project/h.h", "");
        _folder.Write("project/a.cpp", "#include \"h.h\"\nint a;\n");
        _folder.Write("project/wrong.cpp", "int a = nonsense;\n");

        (ProcessResult debug, string debugOutcome) = await CompileAsync(agent, "store", ["/Z7", "/showIncludes", "/c", "a.cpp"]);
        (ProcessResult wrong, string wrongOutcome) = await CompileAsync(agent, "store", ["/c", "wrong.cpp"]);

        Assert.AreEqual(("compiledLocally", "Note: including file: ./h.h\n", ""), (debugOutcome, Text(debug.Output), Text(debug.Errors)));
        Assert.AreEqual(("failed", 1, ""), (wrongOutcome, wrong.ExitCode, Text(wrong.Output)));
        Assert.StartsWith("wrong.cpp(1,9): error: use of undeclared identifier 'nonsense'\n", Text(wrong.Errors));
    }

    private async Task<(ProcessResult Run, string Outcome)> CompileAsync(RunningAgent agent, string store, string[] arguments)
    {
        string report = _folder[Guid.NewGuid().ToString("n") + ".json"];
        Dictionary<string, string> environment = new(RunningAgent.Environment())
        {
            ["DistBuildStore"] = _folder[store + "-client"],
            ["DistBuildAgents"] = "127.0.0.1:" + agent.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["DistBuildDiscovery"] = "off",
            ["DistBuildLocalSlots"] = "0",
            ["DistBuildReport"] = report,
        };
        string[] tool = [Path.Combine(AppContext.BaseDirectory, "distbuild.dll"), "compile", "--", "clang-cl-19", .. arguments];
        ProcessResult run = await ProcessRunner.RunAsync(new ProcessRequest("dotnet", tool, _folder["project"], environment), default);
        using JsonDocument said = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        return (run, said.RootElement.GetProperty("units")[0].GetProperty("outcome").GetString()!);
    }

    private static string Text(byte[] printed) => Encoding.UTF8.GetString(printed);
}
