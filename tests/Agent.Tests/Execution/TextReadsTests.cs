using System.Text;
using DistBuild.Agent.Execution;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>Texts that would have an agent's compiler read a file of the agent, with real compilers.</summary>
[TestClass]
public sealed class TextReadsTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    [DataRow("#include \"{0}\"\nint a = undeclared;\n")]
    [DataRow("#include \"{0}\"\n#include \"missing.h\"\n")]
    [DataRow("%: /* */ inc\\\nlude \"{0}\"\n")]
    [DataRow("#define NAME \"{0}\"\n#include NAME\n")]
    [DataRow("#import \"{0}\"\n")]
    [DataRow("const char *secret =\n#include \"{0}\"\n;\n")]
    [DataRow("const unsigned char secret[] = {{\n#embed \"{0}\"\n}};\n")]
    [DataRow("#if __has_include(\"{0}\")\nint there;\n#endif\n")]
    public async Task Neither_object_nor_words_of_a_text_that_reads_a_file_leave_the_agent(string text)
    {
        string secret = _root.Write("secret.h", "\"TOP SECRET\"\n");
        foreach ((string compiler, string language) in ((string, string)[])
            [("gcc", "c"), ("gcc", "cpp-output"), ("clang-19", "c"), ("clang-19", "cpp-output"), ("clang-cl-19", "c"), ("clang-cl-19", "cpp-output")])
        {
            RemoteCompileResult result = await CompileAsync(compiler, language, "# 1 \"a.c\"\n" + string.Format(null, text, secret));

            Assert.DoesNotContain("SECRET", result.Errors + result.Output, $"{compiler} {language}");
            byte[] compiled = result.Result?.Object.ToArray() ?? [];
            Assert.IsLessThan(0, compiled.AsSpan().IndexOf("SECRET"u8), $"{compiler} {language}");
            if (!compiler.StartsWith("gcc", StringComparison.Ordinal))
            {
                Assert.IsNull(result.Result, $"{compiler} {language}");
            }
        }
    }

    [TestMethod]
    [DataRow("clang-19")]
    [DataRow("clang-cl-19")]
    public async Task A_text_that_reads_nothing_is_compiled_and_a_wrong_one_gets_its_diagnostics(string compiler)
    {
        RemoteCompileResult right = await CompileAsync(compiler, "c", "# 1 \"a.c\"\n# 1 \"/usr/include/x.h\" 1 3\nint x;\n# 2 \"a.c\" 2\nint a;\n");
        RemoteCompileResult wrong = await CompileAsync(compiler, "c", "# 1 \"a.c\"\nint a = undeclared;\n");

        Assert.IsNotNull(right.Result, right.Errors);
        Assert.AreEqual(1, wrong.ExitCode);
        Assert.Contains("undeclared", wrong.Errors);
    }

    private async Task<RemoteCompileResult> CompileAsync(string compiler, string language, string text)
    {
        (Toolchain? toolchain, string? reason) = await new ToolchainIdentifier(_root.File("toolchains"))
            .IdentifyAsync(compiler, "/", new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }, default);
        Assert.IsNotNull(toolchain, reason);
        using WorkFolder work = WorkFolder.Open(_root.File("work"));
        CompileExecutor executor = new([toolchain], work, new ExecutionLimits(), Isolations.None, Environment.GetEnvironmentVariable, NullLogger<CompileExecutor>.Instance);
        return await executor.CompileAsync(toolchain.Digest, new RemoteJob(toolchain.Family.Name, language, []), Encoding.UTF8.GetBytes(text), default);
    }
}
