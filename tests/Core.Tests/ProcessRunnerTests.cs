using System.Text;
using DistBuild.Core.Processes;

namespace DistBuild.Core.Tests;

[TestClass]
public sealed class ProcessRunnerTests
{
    private static readonly Dictionary<string, string> Path = new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["ONLY"] = "this" };

    [TestMethod]
    public async Task Both_streams_and_the_exit_code_come_back()
    {
        ProcessResult result = await RunShellAsync("echo out; echo err >&2; echo \"$ONLY$HOME\"; exit 3");

        Assert.AreEqual(3, result.ExitCode);
        Assert.AreEqual("out\nthis\n", Encoding.UTF8.GetString(result.Output), "the child sees only the environment it was given");
        Assert.AreEqual("err\n", Encoding.UTF8.GetString(result.Errors));
    }

    [TestMethod]
    public async Task Cancelling_kills_the_program_and_its_children()
    {
        string pidFile = System.IO.Path.GetTempFileName();
        using CancellationTokenSource cancel = new();
        Task<ProcessResult> run = RunShellAsync($"sleep 1000 & echo $! > {pidFile}; wait", cancellationToken: cancel.Token);
        string pid;
        while ((pid = await File.ReadAllTextAsync(pidFile)).Length == 0)
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        string status = $"/proc/{pid.Trim()}/status";
        Assert.IsTrue(!File.Exists(status) || (await File.ReadAllTextAsync(status)).Contains("State:\tZ", StringComparison.Ordinal), "the grandchild is gone");
        File.Delete(pidFile);
    }

    [TestMethod]
    public async Task A_program_that_prints_without_end_is_stopped()
    {
        ProcessOutputException e = await Assert.ThrowsAsync<ProcessOutputException>(() => RunShellAsync("yes", outputLimit: 1_000_000));

        Assert.Contains("1000000 bytes", e.Message);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow(true, 0)]
    [DataRow(false, 137)]
    [Timeout(60_000)]
    public async Task A_program_that_ends_with_its_starter_outlives_the_thread_that_asked_for_it(bool endsWithStarter, int exitCode)
    {
        string seconds = endsWithStarter ? "1" : "1000";
        ProcessRequest request = new("setpriv", ["--pdeathsig", "KILL", "sleep", seconds], "/", Path) { EndsWithStarter = endsWithStarter };
        Task<ProcessResult>? run = null;
        using ManualResetEventSlim hasSet = new();
        Thread asking = new(() =>
        {
            run = ProcessRunner.RunAsync(request, _ => hasSet.Set(), CancellationToken.None);
            hasSet.Wait();
            // Until the program has told the system what it wants, the end of this thread means nothing to it.
            Thread.Sleep(300);
        });
        asking.Start();
        asking.Join();

        Assert.AreEqual(exitCode, (await run!).ExitCode);
    }

    [TestMethod]
    public async Task A_missing_program_is_named()
    {
        ProcessStartException e = await Assert.ThrowsAsync<ProcessStartException>(
            () => ProcessRunner.RunAsync(new ProcessRequest("/no/such/compiler", [], "/", Path), CancellationToken.None));

        Assert.Contains("'/no/such/compiler'", e.Message);
    }

    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("", "\"\"")]
    [DataRow("two words", "\"two words\"")]
    [DataRow("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [DataRow("ends in a space \\", "\"ends in a space \\\\\"")]
    [DataRow("a\\b", "a\\b")]
    public void An_argument_is_quoted_as_the_C_runtime_reads_it(string argument, string quoted) =>
        Assert.AreEqual(quoted, CommandLine.Join([argument]));

    private static Task<ProcessResult> RunShellAsync(string script, long outputLimit = 0, CancellationToken cancellationToken = default) =>
        ProcessRunner.RunAsync(new ProcessRequest("/bin/sh", ["-c", script], "/", Path, outputLimit), cancellationToken);
}
