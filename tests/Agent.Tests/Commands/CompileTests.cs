using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

/// <summary><c>distbuild compile</c> as a process in the place of a compiler.</summary>
[TestClass]
public sealed class CompileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = RunningAgent.Environment();

    public CompileTests()
    {
        _environment["DistBuildStore"] = _folder["store"];
        _environment["DistBuildDiscovery"] = "off";
        _environment["DistBuildReport"] = _folder["report.json"];
        _environment["TOOL"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "distbuild.dll")} compile --";
        Directory.CreateDirectory(_folder["src"]);
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("g++ -c warns.cpp -Wall -o warns.o")]
    [DataRow("g++ -c broken.cpp -o broken.o")]
    [DataRow("g++ -c missing.cpp")]
    [DataRow("clang++-19 -c latin.cpp -Wall -o latin.o", DisplayName = "bytes that are no UTF-8")]
    [DataRow("g++ --version")]
    [DataRow("g++ -c warns.cpp --coverage -Wall -o warns.o")]
    [DataRow("g++ @words.rsp")]
    [DataRow("g++ @missing.rsp")]
    [DataRow("sh -c 'echo out; echo err >&2; exit 77'")]
    public async Task It_prints_and_ends_as_the_compiler_does(string command)
    {
        Write("warns.cpp", "int f() { int unused; return 0; }");
        Write("broken.cpp", "int broken = ;");
        Write("words.rsp", "-c warns.cpp -Wall -o \"with space.o\"");
        File.WriteAllBytes(_folder["src/latin.cpp"], [.. "// \""u8, 0xE9, .. "\"\nint f(int unused) { char text[] = \""u8, 0xE9, .. "\"; return 0; }"u8]);
        ProcessResult plain = await ShellAsync(command);

        ProcessResult first = await ShellAsync($"$TOOL {command}"), second = await ShellAsync($"$TOOL {command}");

        foreach (ProcessResult run in (ProcessResult[])[first, second])
        {
            Assert.AreEqual(plain.ExitCode, run.ExitCode);
            Assert.AreEqual(Printed(plain.Output), Printed(run.Output));
            Assert.AreEqual(Printed(plain.Errors), Printed(run.Errors));
            CollectionAssert.AreEqual(plain.Output, run.Output);
            CollectionAssert.AreEqual(plain.Errors, run.Errors);
        }
    }

    [TestMethod]
    public async Task Compiling_and_linking_make_a_program_that_runs_and_the_second_compile_is_a_hit()
    {
        Write("main.cpp", "#include <cstdio>\nint main() { std::puts(TEXT); }");

        ProcessResult run = await ShellAsync(
            "$TOOL g++ -DTEXT='\"it works\"' -c main.cpp -o main.o && rm main.o && $TOOL g++ -DTEXT='\"it works\"' -c main.cpp -o main.o && $TOOL g++ main.o -o main && ./main");

        Assert.AreEqual((0, "it works\n", ""), (run.ExitCode, Printed(run.Output), Printed(run.Errors)));
        CollectionAssert.AreEqual((string[])["compiledLocally", "localHit"], Outcomes());
    }

    [TestMethod]
    public async Task It_leaves_nothing_beside_the_object()
    {
        Write("a.cpp", "int a;");

        await ShellAsync("$TOOL g++ -c a.cpp -o a.o");

        CollectionAssert.AreEquivalent((string[])["a.cpp", "a.o"], Directory.EnumerateFileSystemEntries(_folder["src"]).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task Standard_input_and_the_environment_reach_the_compiler()
    {
        ProcessResult compiled = await ShellAsync("echo 'int main() { return 42; }' | $TOOL g++ -x c++ - -o answer; ./answer");
        ProcessResult seen = await ShellAsync("VARIABLE=value $TOOL sh -c 'echo $VARIABLE; pwd'");

        Assert.AreEqual(42, compiled.ExitCode, Printed(compiled.Errors));
        Assert.AreEqual($"value\n{_folder["src"]}\n", Printed(seen.Output));
    }

    [TestMethod]
    public async Task What_is_not_cacheable_says_why_in_the_report_and_to_explain()
    {
        Write("a.cpp", "int a;");

        await ShellAsync("$TOOL g++ --coverage -c a.cpp -o a.o");

        JsonElement unit = Units().Single();
        Assert.AreEqual("notCacheable", unit.GetProperty("outcome").GetString());
        Assert.StartsWith("--coverage: ", unit.GetProperty("reason").GetString());
        Assert.AreEqual(_folder["src/a.o"], unit.GetProperty("object").GetString());
        Tool explained = await Tool.RunAsync(_folder.Path, new Dictionary<string, string> { ["DistBuildStore"] = _folder["store"] }, "explain", ".", "a.cpp");
        Assert.Contains("compiled here, not cacheable", explained.Output);
        Assert.Contains("--coverage: ", explained.Output);
    }

    [TestMethod]
    public async Task Its_command_is_in_the_compilation_database_that_is_asked_for()
    {
        _environment["DistBuildCompileCommands"] = _folder["compile_commands.json"];
        Write("a.cpp", "int a;");
        Write("b.cpp", "int b;");

        await ShellAsync("$TOOL g++ -c a.cpp -o a.o & $TOOL g++ --coverage -c b.cpp -o b.o & wait");

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["compile_commands.json"]));
        string[][] commands = [.. document.RootElement.EnumerateArray().Select(entry => entry.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()!).ToArray())];
        CollectionAssert.AreEqual((string[])["g++", "-c", "a.cpp", "-o", "a.o"], commands[0]);
        CollectionAssert.AreEqual((string[])["g++", "--coverage", "-c", "b.cpp", "-o", "b.o"], commands[1]);
    }

    [TestMethod]
    public async Task A_compiler_that_is_not_there_ends_as_in_a_shell()
    {
        Write("a.cpp", "int a;");

        ProcessResult run = await ShellAsync("$TOOL ./g++-of-mine -c a.cpp -o a.o");

        Assert.AreEqual((127, ""), (run.ExitCode, Printed(run.Output)));
        Assert.StartsWith("distbuild: Cannot start './g++-of-mine': ", Printed(run.Errors));
    }

    [TestMethod]
    public async Task A_report_that_cannot_be_written_changes_neither_object_nor_exit_code()
    {
        _environment["DistBuildReport"] = _folder["src/a.cpp/report.json"];
        Write("a.cpp", "int a;");

        ProcessResult run = await ShellAsync("$TOOL g++ -c a.cpp -o a.o");

        Assert.AreEqual(0, run.ExitCode);
        Assert.StartsWith("distbuild: ", Printed(run.Errors));
        Assert.IsTrue(File.Exists(_folder["src/a.o"]));
    }

    [TestMethod]
    [DataRow("INT", "fifo.cpp -o fifo.o", DisplayName = "Ctrl+C, through the engine")]
    [DataRow("TERM", "fifo.cpp -o fifo.o", DisplayName = "SIGTERM, through the engine")]
    [DataRow("INT", "fifo.cpp --coverage -o fifo.o", DisplayName = "Ctrl+C, as it is")]
    [DataRow("TERM", "fifo.cpp --coverage -o fifo.o", DisplayName = "SIGTERM, as it is")]
    public async Task Stopping_it_stops_the_compiler_and_leaves_no_object(string signal, string command)
    {
        // A compiler that reads from a pipe nobody writes to runs until it is stopped.
        Write("fifo.cpp", "#include \"endless.h\"\n");
        Task<ProcessResult> run = ShellAsync($"mkfifo endless.h; echo $$ > tool.pid; exec $TOOL g++ -c {command}");
        int compiler = await CompilerReadingAsync(_folder["src/fifo.cpp"]);

        await ShellAsync($"kill -{signal} $(cat tool.pid)");

        ProcessResult ended = await run;
        Assert.IsGreaterThan(0, ended.ExitCode);
        Assert.AreNotEqual(134, ended.ExitCode, "it did not crash");
        Assert.DoesNotContain("nhandled", Printed(ended.Errors));
        await GoneAsync(compiler);
        Assert.IsFalse(File.Exists(_folder["src/fifo.o"]));
        Assert.IsEmpty(Directory.GetFiles(_folder["src"], "*.tmp*"));
    }

    /// <summary>The process of a compiler proper that was given this file, as soon as there is one.</summary>
    private static async Task<int> CompilerReadingAsync(string source)
    {
        string folder = Path.GetDirectoryName(source)!;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(1))
        {
            foreach (string process in Directory.GetDirectories("/proc").Where(name => int.TryParse(Path.GetFileName(name), out _)))
            {
                try
                {
                    if (File.ReadAllText(process + "/comm").StartsWith("cc1plus", StringComparison.Ordinal) && File.ResolveLinkTarget(process + "/cwd", false)?.FullName == folder)
                    {
                        return int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture);
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // A process that ended meanwhile.
                }
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("No compiler was started.");
    }

    private static async Task GoneAsync(int process)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (File.Exists($"/proc/{process}/status") && !File.ReadAllText($"/proc/{process}/status").Contains("State:\tZ", StringComparison.Ordinal))
        {
            Assert.IsLessThan(TimeSpan.FromSeconds(20), watch.Elapsed, "the compiler is still there");
            await Task.Delay(20);
        }
    }

    private async Task<ProcessResult> ShellAsync(string script)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        return await ProcessRunner.RunAsync(new ProcessRequest("/bin/sh", ["-c", script], _folder["src"], _environment), limit.Token);
    }

    private JsonElement[] Units() =>
        [.. File.ReadLines(_folder["report.json"]).SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("units").EnumerateArray())];

    private string[] Outcomes() => [.. Units().Select(unit => unit.GetProperty("outcome").GetString()!)];

    private void Write(string name, string text)
    {
        Assert.IsTrue(FileIdentity.TryRead(_folder.Write("src/" + name, text), out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    private static string Printed(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
