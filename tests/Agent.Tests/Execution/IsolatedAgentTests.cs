using System.Globalization;
using System.Text;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>The whole agent, as a process of its own, with real compilers: what hostile clients get, and what vanished clients leave.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class IsolatedAgentTests : IDisposable
{
    private const string Nobody = "65534";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    [Timeout(180_000)]
    public async Task A_text_that_asks_for_a_file_of_the_agent_gets_an_error_from_it(bool ordinaryUser)
    {
        await Isolations.SandboxAsync();
        string secret = _folder.Write("secret.h", "int secret_word_4711;\n");
        await using RunningAgent agent = await StartAsync(ordinaryUser);
        foreach (string driver in (string[])["gcc", "clang-19", "clang-cl-19"])
        {
            Toolchain compiler = await RealCompilers.FindAsync(driver);
            foreach (string text in (string[])[$"#include \"{secret}\"\n", $"asm(\".incbin \\\"{secret}\\\"\");\n", $"__attribute__((section(\".a\\n.inc\" \"bin \\\"{secret}\\\"\\n.section .b\"))) int x = {driver[0]};\n"])
            {
                RemoteCompileResult hostile = await CompileAsync(agent, compiler, text);

                Assert.IsNull(hostile.Result, text);
                Assert.DoesNotContain("secret_word", hostile.Errors + hostile.Output);
            }

            Assert.AreEqual(0, (await CompileAsync(agent, compiler, $"int good{driver.Length};\n")).ExitCode, "the agent serves on");
        }

        (_, string printed) = await agent.StopAsync("TERM");
        Assert.Contains("Isolation: bubblewrap", printed);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_client_that_vanishes_leaves_no_slot_no_process_and_no_folder()
    {
        await using RunningAgent agent = await StartAsync(ordinaryUser: false);
        Toolchain compiler = await RealCompilers.FindAsync("g++");
        AgentConnection connection = await ConnectAsync(agent, compiler);
        Task<RemoteCompileResult> lost = CompileAsync(connection, compiler, Endless);
        while (!Compiles(agent))
        {
            await Task.Delay(5);
        }

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<AgentLostException>(() => lost);
        await using AgentConnection next = await ConnectAsync(agent, compiler);
        while (await next.StatusAsync(CancellationToken.None) is var status && (status.FreeSlots < status.Slots || status.Jobs.Count > 0 || Compiles(agent) || Folders() > 0))
        {
            await Task.Delay(5);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task An_agent_that_is_killed_takes_its_compiles_with_it_and_the_next_one_their_folders()
    {
        await Isolations.SandboxAsync();
        RunningAgent agent = await StartAsync(ordinaryUser: false);
        Toolchain compiler = await RealCompilers.FindAsync("g++");
        await using AgentConnection connection = await ConnectAsync(agent, compiler);
        Task<RemoteCompileResult> lost = CompileAsync(connection, compiler, Endless);
        while (!Compiles(agent))
        {
            await Task.Delay(5);
        }

        string folder = PrivateFolders().Single();
        await agent.StopAsync("KILL");

        await Assert.ThrowsAsync<AgentLostException>(() => lost);
        while (Uses(folder))
        {
            await Task.Delay(5);
        }

        File.Delete(agent.ReadyFile);
        await using RunningAgent second = await StartAsync(ordinaryUser: false);
        Assert.AreEqual(0, Folders());
        await agent.DisposeAsync();
    }

    /// <summary>Constant evaluation without an end; only its own limit, far away, would stop the compiler.</summary>
    private static string Endless { get; } = "constexpr long f() { long n = 0; for (long i = 0; i >= 0; i = (i + 1) % 1000) n ^= i; return n; }\nconstexpr long x = f();\n";

    private async Task<RunningAgent> StartAsync(bool ordinaryUser)
    {
        string[] options = ["--port", "0", "--work", _folder["work"]];
        if (!ordinaryUser || !Environment.IsPrivilegedProcess)
        {
            return await RunningAgent.StartByAsync(_folder, [], null, options);
        }

        string[] user = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--"];
        string tool = Path.Combine(AppContext.BaseDirectory, "distbuild.dll");
        if ((await RunAsync("setpriv", [.. user, "test", "-r", tool])).ExitCode != 0)
        {
            Assert.Inconclusive($"An ordinary user cannot read {tool}.");
        }

        await RunAsync("chown", ["-R", Nobody + ":" + Nobody, _folder.Path]);
        return await RunningAgent.StartByAsync(_folder, ["setpriv", .. user], null, options);
    }

    private static Task<ProcessResult> RunAsync(string program, string[] arguments) =>
        ProcessRunner.RunAsync(new ProcessRequest(program, arguments, "/", RunningAgent.Environment()), CancellationToken.None);

    private static async Task<AgentConnection> ConnectAsync(RunningAgent agent, Toolchain compiler)
    {
        using AgentFinder finder = new(agent.Options, TimeProvider.System);
        while (true)
        {
            if (await finder.AskAsync([1], [compiler.Digest.Fingerprint], CancellationToken.None) is [{ } offer, ..])
            {
                return await AgentConnection.ConnectAsync(offer, agent.Options, CancellationToken.None);
            }
        }
    }

    private static async Task<RemoteCompileResult> CompileAsync(RunningAgent agent, Toolchain compiler, string text)
    {
        await using AgentConnection connection = await ConnectAsync(agent, compiler);
        return await CompileAsync(connection, compiler, text);
    }

    private static async Task<RemoteCompileResult> CompileAsync(AgentConnection connection, Toolchain compiler, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        RemoteJob job = new(compiler.Family.Name, text == Endless ? "c++" : "c", text == Endless ? ["-std=c++20", "-fconstexpr-ops-limit=9000000000000", "-fconstexpr-loop-limit=2147483647"] : []);
        await using SlotLease? lease = await connection.LeaseAsync(compiler.Digest, CancellationToken.None);
        Assert.IsNotNull(lease);
        return await lease.CompileAsync(Digest.Of(bytes), compiler.Digest, job, sameWords: true, bytes, CancellationToken.None);
    }

    private string[] PrivateFolders() => [.. Directory.GetDirectories(_folder["work"], "agent-*").SelectMany(Directory.GetDirectories)];

    private int Folders() => PrivateFolders().Length;

    /// <summary>Whether the compiler proper runs below the agent.</summary>
    private static bool Compiles(RunningAgent agent) => Below(agent.ProcessId).Any(process => Read(process, "comm") == "cc1plus\n");

    // The name of the private folder is in the command line of whoever made the sandbox.
    private static bool Uses(string folder) => Directory.GetDirectories("/proc")
        .Any(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out int id) && Read(id, "cmdline").Contains(folder, StringComparison.Ordinal));

    private static IEnumerable<int> Below(int process)
    {
        string[] threads = Directory.Exists($"/proc/{process}/task") ? Directory.GetDirectories($"/proc/{process}/task") : [];
        string children = string.Join(' ', threads.Select(thread => Read(process, $"task/{Path.GetFileName(thread)}/children")));
        int[] own = [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        return [.. own, .. own.SelectMany(Below)];
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
