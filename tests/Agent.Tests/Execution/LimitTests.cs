using System.Globalization;
using System.Text;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>Every limit ends a compile with its reason, and nothing of the compile is left.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class LimitTests : IDisposable
{
    private static readonly ExecutionLimits Small = new() { Time = TimeSpan.FromSeconds(60), Memory = 100 << 20, Processes = 20, Object = 1 << 20 };

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    [DataRow("head -c 1000000000 /dev/urandom | tail -c 900000000 > /dev/null", "more than 100 MiB of memory", true)]
    [DataRow("head -c 1000000000 /dev/urandom | tail -c 900000000 > /dev/null", "more than 100 MiB of memory", false)]
    [DataRow("for i in 1 2 3 4; do head -c 100000000 /dev/urandom | tail -c 30000000 | sleep 1000 & done; wait", "more than 100 MiB of memory", true)]
    [DataRow("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 1000 & done; wait", "more than 20 processes", true)]
    [DataRow("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 1000 & done; wait", "more than 20 processes", false)]
    [DataRow("head -c 3000000 /dev/urandom > \"$2\"", "a file of more than 1 MiB", true)]
    [DataRow("head -c 3000000 /dev/urandom > \"$2\"", "a file of more than 1 MiB", false)]
    [Timeout(120_000)]
    public async Task A_compile_that_takes_too_much_is_stopped_and_the_client_told_of_what(string script, string limit, bool sandbox)
    {
        RemoteCompileResult result = await RunAsync(script, Small, sandbox);

        Assert.IsNull(result.ExitCode);
        Assert.IsNull(result.Result);
        Assert.AreEqual("the compiler was stopped: " + limit, result.Errors);
    }

    [TestMethod]
    [DataRow("while :; do :; done", true)]
    [DataRow("while :; do :; done", false)]
    [DataRow("(while :; do :; done) & (while :; do :; done) & wait", true)]
    [DataRow("while :; do head -c 3000000 /dev/urandom > /dev/null; done", true)]
    [Timeout(120_000)]
    public async Task Processor_time_counts_for_all_processes_together_and_for_those_that_ended(string script, bool sandbox)
    {
        RemoteCompileResult result = await RunAsync(script, Small with { Processor = TimeSpan.FromSeconds(1) }, sandbox);

        Assert.AreEqual((null, "the compiler was stopped: more than 1 s of processor time"), (result.ExitCode, result.Errors));
    }

    [TestMethod]
    [DataRow("cc1plus: out of memory allocating 65536 bytes after a total of 1234 bytes")]
    [DataRow("virtual memory exhausted: Cannot allocate memory")]
    [DataRow("LLVM ERROR: out of memory")]
    [Timeout(60_000)]
    public async Task A_compiler_that_complains_of_memory_did_not_judge_the_code(string complaint)
    {
        RemoteCompileResult result = await RunAsync($"echo '{complaint}' >&2; exit 1", new ExecutionLimits(), sandbox: false);

        Assert.AreEqual((null, "the compiler was stopped: more than 8192 MiB of memory"), (result.ExitCode, result.Errors));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_child_that_left_its_family_ends_with_the_compile()
    {
        // The number of seconds is what this test finds its process by.
        string seconds = Random.Shared.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture);

        RemoteCompileResult ended = await RunAsync($"(setsid sleep {seconds} >/dev/null 2>&1 &); exit 3", Small, sandbox: true);
        await GoneAsync(seconds);
        using CancellationTokenSource cancel = new();
        Task<RemoteCompileResult> cancelled = RunAsync($"(setsid sleep {seconds} >/dev/null 2>&1 &); sleep 1000", Small, sandbox: true, cancel.Token);
        while (!Sleeps(seconds))
        {
            await Task.Delay(5);
        }

        await cancel.CancelAsync();

        Assert.AreEqual(3, ended.ExitCode);
        await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
        await GoneAsync(seconds);
    }

    private static async Task GoneAsync(string seconds)
    {
        while (Sleeps(seconds))
        {
            await Task.Delay(5);
        }
    }

    private static bool Sleeps(string seconds) => Directory.GetDirectories("/proc").Any(process => Command(process) == $"sleep\0{seconds}\0");

    private static string Command(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<RemoteCompileResult> RunAsync(string script, ExecutionLimits limits, bool sandbox, CancellationToken cancellationToken = default)
    {
        Isolation isolation = sandbox ? await Isolations.SandboxAsync(limits) : await Isolations.WithoutBubblewrapAsync(limits);
        using WorkFolder work = WorkFolder.Open(_root.File("work"));
        try
        {
            CompileExecutor executor = new(
                [new ScriptFamily(script).Toolchain], work, limits, isolation, Environment.GetEnvironmentVariable, NullLogger<CompileExecutor>.Instance);
            return await executor.CompileAsync(Digest.Of([1]), ScriptFamily.Job, Encoding.UTF8.GetBytes("the text"), cancellationToken);
        }
        finally
        {
            Assert.IsEmpty(Directory.GetFileSystemEntries(Directory.GetDirectories(work.Root).Single()), "the private folder is gone");
        }
    }
}
