using System.Text;
using DistBuild.Agent.Execution;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Execution;

[TestClass]
public sealed class CompileExecutorTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    public async Task The_object_and_both_streams_come_back()
    {
        RemoteCompileResult result = await RunAsync("cat \"$1\" - < /dev/null > \"$2\"; echo note; echo warning >&2");

        Assert.AreEqual(0, result.ExitCode);
        Assert.AreEqual("the text", Encoding.UTF8.GetString(result.Result!.Object.Span));
        Assert.AreEqual("note\n", Encoding.UTF8.GetString(result.Result.Output.Span));
        Assert.AreEqual("warning\n", Encoding.UTF8.GetString(result.Result.Errors.Span));
    }

    [TestMethod]
    public async Task A_failed_compile_gives_the_compilers_words_and_code_and_no_object()
    {
        RemoteCompileResult result = await RunAsync("echo object > \"$2\"; echo 'a.c:1: error: no' >&2; exit 4");

        Assert.AreEqual(4, result.ExitCode);
        Assert.AreEqual("a.c:1: error: no\n", result.Errors);
        Assert.IsNull(result.Result);
    }

    [TestMethod]
    [DataRow("true", "no object")]
    [DataRow(": > \"$2\"", "0 bytes")]
    [DataRow("head -c 2000 /dev/zero > \"$2\"", "2000 bytes")]
    [DataRow("kill -9 $$", "ended by a signal")]
    [DataRow("echo 'gcc: fatal error: Killed signal terminated program cc1plus' >&2; exit 1", "ended by a signal")]
    [DataRow("yes", "printed more than 1000000 bytes")]
    [DataRow("pwd > \"$2\"", "the agent's folder")]
    [DataRow("ln -s /etc/passwd \"$2\"", "a link instead of an object")]
    [DataRow("ln -s /nowhere \"$2\"", "a link instead of an object")]
    public async Task What_is_not_the_compilers_own_verdict_is_declined_with_the_reason(string script, string reason)
    {
        RemoteCompileResult result = await RunAsync(script);

        Assert.IsNull(result.ExitCode);
        Assert.IsNull(result.Result);
        Assert.Contains(reason, result.Errors);
    }

    [TestMethod]
    public async Task The_path_of_the_private_folder_never_shows()
    {
        RemoteCompileResult result = await RunAsync("pwd; pwd >&2; echo \"$1 $2 $TMPDIR\"; exit 1");

        Assert.AreEqual(".\nunit.i unit.o .\n", result.Output);
        Assert.AreEqual(".\n", result.Errors);
    }

    [TestMethod]
    public async Task Nothing_of_the_agents_environment_reaches_the_compiler_but_the_path()
    {
        RemoteCompileResult result = await RunAsync("unset PWD OLDPWD SHLVL _; export -p; exit 1");

        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = [.. lines.Select(line => line.Split(' ', '=')[1]).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(new[] { "LC_ALL", "PATH", "TMPDIR" }, names);
    }

    [TestMethod]
    public async Task The_folder_is_private_to_the_agents_account()
    {
        RemoteCompileResult result = await RunAsync("stat -c %a . .. ../..; exit 1");

        Assert.AreEqual("700\n700\n700\n", result.Output);
    }

    [TestMethod]
    public async Task The_owner_of_the_machine_comes_first()
    {
        RemoteCompileResult result = await RunAsync("nice; exit 1");

        Assert.AreEqual("10\n", result.Output);
    }

    [TestMethod]
    public async Task A_compile_that_hangs_is_stopped_with_all_its_children()
    {
        string pid = _root.File("pid");
        RemoteCompileResult result = await RunAsync($"sleep 1000 & echo $! > {pid}; wait", new ExecutionLimits { Time = TimeSpan.FromSeconds(1) });

        Assert.IsNull(result.ExitCode);
        Assert.Contains("stopped: more than 1 s", result.Errors);
        AssertGone(await File.ReadAllTextAsync(pid));
    }

    [TestMethod]
    public async Task A_cancelled_compile_leaves_no_process_and_no_folder()
    {
        string pid = _root.File("pid");
        using CancellationTokenSource cancel = new();
        Task<RemoteCompileResult> run = RunAsync($"sleep 1000 & echo $! > {pid}.new; mv {pid}.new {pid}; wait", cancellationToken: cancel.Token);
        while (!File.Exists(pid))
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        AssertGone(await File.ReadAllTextAsync(pid));
    }

    [TestMethod]
    public async Task An_argument_the_family_refuses_runs_nothing()
    {
        string proof = _root.File("ran");
        RemoteCompileResult result = await RunAsync($"touch {proof}", job: ScriptFamily.Job with { Arguments = ["-fplugin=evil.so"] });

        Assert.IsNull(result.ExitCode);
        Assert.Contains("-fplugin=evil.so", result.Errors);
        Assert.IsFalse(File.Exists(proof));
    }

    [TestMethod]
    public async Task A_compiler_this_agent_does_not_have_is_declined()
    {
        using WorkFolder work = WorkFolder.Open(_root.File("work"));

        RemoteCompileResult result = await Executor(work, "true", new ExecutionLimits()).CompileAsync(Digest.Of([2]), ScriptFamily.Job, default, default);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("does not have that compiler", result.Errors);
    }

    [TestMethod]
    public async Task A_work_folder_that_vanished_is_a_decline_not_a_crash()
    {
        using WorkFolder work = WorkFolder.Open(_root.File("work"));
        Directory.Delete(work.Root, recursive: true);
        File.WriteAllText(work.Root, "a file where the folder was");

        RemoteCompileResult result = await Executor(work, "true", new ExecutionLimits()).CompileAsync(Digest.Of([1]), ScriptFamily.Job, default, default);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("cannot run the compiler", result.Errors);
    }

    private async Task<RemoteCompileResult> RunAsync(
        string script, ExecutionLimits? limits = null, RemoteJob? job = null, CancellationToken cancellationToken = default)
    {
        using WorkFolder work = WorkFolder.Open(_root.File("work"));
        try
        {
            return await Executor(work, script, limits ?? new ExecutionLimits { Output = 1_000_000, Object = 1000 })
                .CompileAsync(Digest.Of([1]), job ?? ScriptFamily.Job, Encoding.UTF8.GetBytes("the text"), cancellationToken);
        }
        finally
        {
            string[] left = Directory.GetFileSystemEntries(Directory.GetDirectories(work.Root).Single());
            Assert.IsEmpty(left, "the private folder is gone");
        }
    }

    private static CompileExecutor Executor(WorkFolder work, string script, ExecutionLimits limits) =>
        new([new ScriptFamily(script).Toolchain], work, limits, Isolations.None, Environment.GetEnvironmentVariable, NullLogger<CompileExecutor>.Instance);

    private static void AssertGone(string pid)
    {
        string status = $"/proc/{pid.Trim()}/status";
        Assert.IsTrue(!File.Exists(status) || File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal), "the grandchild is gone");
    }
}
