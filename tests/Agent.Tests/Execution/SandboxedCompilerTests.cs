using System.Text;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>In the sandbox a compiler has only the files it was identified by, and does what it does outside.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class SandboxedCompilerTests : IDisposable
{
    private const string Source = "#include <map>\n#include <string>\n#include <stdexcept>\nint f(std::map<std::string, int> m) { if (m.empty()) throw std::runtime_error(\"f\"); return m[\"a\"]; }\n";

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    [DataRow("g++", "-g -O2 -std=c++20", "-E -fdirectives-only")]
    [DataRow("g++", "-O3 -fPIC -fsanitize=undefined", "-E -fdirectives-only")]
    [DataRow("g++", "-O1 -fexec-charset=ISO-8859-15", "-E -fdirectives-only")]
    [DataRow("clang++-19", "-gdwarf-4 -fdebug-compilation-dir=. -O2 -std=c++20", "-E -frewrite-includes")]
    [DataRow("clang++-19", "-O2 -fPIC -fstack-protector-strong", "-E -frewrite-includes")]
    [DataRow("clang-cl-19", "/O2 /EHsc --target=x86_64-w64-windows-gnu /GS- /Brepro", "/E /clang:-frewrite-includes --target=x86_64-w64-windows-gnu")]
    [Timeout(120_000)]
    public async Task The_object_is_the_one_without_a_sandbox(string driver, string arguments, string preprocess)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        string source = _root.Write("a.cpp", Source);
        string[] asked = [.. preprocess.Split(' '), .. arguments.Split(' ').Where(argument => argument[1] != 'O'), source];
        ProcessResult text = await ProcessRunner.RunAsync(new ProcessRequest(compiler.Driver, asked, _root.Path, RunningAgent.Environment()), CancellationToken.None);
        RemoteJob job = new(compiler.Family.Name, "c++", arguments.Split(' '));

        RemoteCompileResult inside = await RealCompilers.CompileAsync(_root["work"], compiler, await Isolations.SandboxAsync(), job, text.Output);
        RemoteCompileResult outside = await RealCompilers.CompileAsync(_root["work"], compiler, Isolations.None, job, text.Output);

        Assert.AreEqual((0, outside.Errors), (inside.ExitCode, inside.Errors));
        Assert.IsTrue(inside.Result!.Object.Span.SequenceEqual(outside.Result!.Object.Span), "the objects are the same");
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    [Timeout(60_000)]
    public async Task An_error_in_the_code_is_said_in_the_compilers_own_words(string driver)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        RemoteJob job = new(compiler.Family.Name, "c", []);
        byte[] text = Encoding.UTF8.GetBytes("# 1 \"a.c\"\nint f(void) { return nonsense‽; }\n");

        RemoteCompileResult inside = await RealCompilers.CompileAsync(_root["work"], compiler, await Isolations.SandboxAsync(), job, text);
        RemoteCompileResult outside = await RealCompilers.CompileAsync(_root["work"], compiler, Isolations.None, job, text);

        Assert.AreEqual(1, inside.ExitCode);
        Assert.Contains("a.c:1", inside.Errors);
        Assert.AreEqual(outside.Errors, inside.Errors);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_toolchain_outside_the_systems_folders_works_through_the_links_that_lead_to_it()
    {
        Toolchain system = await RealCompilers.FindAsync("g++");
        string real = RealFile(system.Driver);
        string plus = system.Files.Single(file => Path.GetFileName(file) == "cc1plus");
        string moved = _root["opt/real" + Path.GetDirectoryName(plus)!["/usr".Length..]];
        Directory.CreateDirectory(moved);
        Directory.CreateDirectory(_root["opt/real/bin"]);
        File.Copy(real, _root["opt/real/bin/x86_64-linux-gnu-g++-12"]);
        foreach (string part in (string[])["cc1", "cc1plus"])
        {
            File.Copy(Path.Combine(Path.GetDirectoryName(plus)!, part), Path.Combine(moved, part));
        }

        File.CreateSymbolicLink(_root["opt/current"], "real");
        File.CreateSymbolicLink(_root["opt/real/bin/g++"], "x86_64-linux-gnu-g++-12");

        Toolchain compiler = await RealCompilers.FindAsync(_root["opt/current/bin/g++"]);
        RemoteCompileResult result = await RealCompilers.CompileAsync(
            _root["work"], compiler, await Isolations.SandboxAsync(), new RemoteJob("gcc", "c++", ["-O2"]), "int f() { return 1; }\n"u8.ToArray());

        Assert.IsTrue(compiler.Files.Any(file => file.StartsWith(_root["opt"], StringComparison.Ordinal) && file.EndsWith("cc1plus", StringComparison.Ordinal)), "it is the copy");
        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
    }

    [TestMethod]
    [DataRow("g++")]
    [DataRow("clang++-19")]
    [Timeout(120_000)]
    public async Task A_real_compiler_that_takes_too_much_memory_is_stopped_with_that_reason(string driver)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        ExecutionLimits limits = new() { Memory = 300L << 20 };
        StringBuilder text = new();
        for (int i = 0; i < 60_000; i++)
        {
            text.Append("template<int N> struct S").Append(i).Append(" { int a[N]; S").Append(i).Append("<N>* next; virtual ~S").Append(i).Append("() {} }; S").Append(i).Append("<3> s").Append(i).Append(";\n");
        }

        RemoteCompileResult result = await RealCompilers.CompileAsync(
            _root["work"], compiler, await Isolations.SandboxAsync(limits), new RemoteJob(compiler.Family.Name, "c++", ["-O2"]), Encoding.ASCII.GetBytes(text.ToString()), limits);

        Assert.AreEqual((null, "the compiler was stopped: more than 300 MiB of memory"), (result.ExitCode, result.Errors));
    }

    private static string RealFile(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
