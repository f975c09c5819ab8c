using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>What a program in the sandbox can see and do: the compiler is a shell script that tries.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class SandboxTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [TestMethod]
    [Timeout(60_000)]
    public async Task Of_the_machines_files_only_the_compilers_are_there()
    {
        string secret = _root.Write("secret", "the secret");

        RemoteCompileResult result = await RunAsync($"cat {secret} /etc/passwd; ls -d /root /home /etc /proc /sys /var /run; ls -A / /tmp; exit 1");

        Assert.DoesNotContain("the secret", result.Output);
        Assert.DoesNotContain("root:", result.Output);
        string[] shown = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] unexpected = [.. shown.Where(name => name is not ("/:" or "/tmp:" or "." or "bin" or "dev" or "lib" or "lib64" or "tmp" or "usr"))];
        Assert.IsTrue(unexpected is [] or [{ Length: 32 }], result.Output);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Nothing_can_be_written_but_the_private_folder_and_a_tmp_of_its_own()
    {
        RemoteCompileResult result = await RunAsync("for f in /x /usr/x /dev/x /tmp/x ./x; do (: > $f) 2>/dev/null && echo $f; done; exit 1");

        Assert.AreEqual("/tmp/x\n./x\n", result.Output);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task There_is_no_network_and_no_other_process()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        string script = $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected'; kill -0 {Environment.ProcessId} && echo seen; exit 1";

        RemoteCompileResult inside = await RunAsync(script), outside = await RunAsync(script, Isolations.None);

        Assert.AreEqual("", inside.Output);
        Assert.AreEqual("connected\nseen\n", outside.Output, "the same script can do it without the sandbox");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task It_has_no_capability_and_can_get_none()
    {
        RemoteCompileResult result = await RunAsync("mount -t tmpfs none /tmp && echo mounted; chroot / true && echo chrooted; unshare -n true && echo unshared; exit 1");

        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_sandbox_that_cannot_be_made_is_a_decline_not_a_failed_compile()
    {
        Isolation broken = new(IsSandbox: true, "broken", Advice: null, [new Broken(), .. (await Isolations.SandboxAsync()).Wrappers]);

        RemoteCompileResult result = await RunAsync("exit 1", broken);

        Assert.IsNull(result.ExitCode);
        Assert.Contains("its sandbox or its limits could not be set up", result.Errors);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Without_bubblewrap_the_agent_says_so_and_what_to_install()
    {
        Isolation found = await Isolations.WithoutBubblewrapAsync();

        Assert.IsFalse(found.IsSandbox);
        Assert.Contains("not installed", found.Description);
        Assert.Contains("apt-get install bubblewrap", found.Advice!);
    }

    [TestMethod]
    [Timeout(60_000)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_bubblewrap_that_does_not_work_here_is_not_used()
    {
        string fake = _root.Write("bwrap", "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n");
        File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Isolation found = await Isolation.DetectAsync(new ExecutionLimits(), program => program == "bwrap" ? fake : null, isDedicated: false, CancellationToken.None);

        Assert.IsFalse(found.IsSandbox);
        Assert.Contains("No permissions to create new namespace", found.Description);
        Assert.Contains("user namespaces", found.Advice!);
    }

    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    [DataRow(false, 1)]
    [DataRow(true, 0)]
    public async Task Compiles_have_a_low_priority_unless_there_is_nobody_to_give_way_to(bool isDedicated, int expected)
    {
        Isolation found = await Isolation.DetectAsync(new ExecutionLimits(), _ => null, isDedicated, CancellationToken.None);

        Assert.AreEqual(expected, found.Wrappers.OfType<LowPriority>().Count());
    }

    private async Task<RemoteCompileResult> RunAsync(string script, Isolation? isolation = null)
    {
        isolation ??= await Isolations.SandboxAsync();
        using WorkFolder work = WorkFolder.Open(_root.File("work"));
        CompileExecutor executor = new(
            [new ScriptFamily(script).Toolchain], work, new ExecutionLimits(), isolation, Environment.GetEnvironmentVariable, NullLogger<CompileExecutor>.Instance);
        return await executor.CompileAsync(Digest.Of([1]), ScriptFamily.Job, Encoding.UTF8.GetBytes("the text"), CancellationToken.None);
    }

    /// <summary>Asks for a program that is not in the sandbox.</summary>
    private sealed class Broken : IProcessWrapper
    {
        public ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder) =>
            request with { FileName = "/nowhere/cc" };
    }
}
