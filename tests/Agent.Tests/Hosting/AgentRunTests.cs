using System.Globalization;
using System.Text;
using DistBuild.Agent.Tests.Commands;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

/// <summary><c>distbuild agent run</c> as a process, with the compilers of this machine.</summary>
[TestClass]
public sealed class AgentRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [AssemblyCleanup]
    public static void RemoveSharedWork() => RunningAgent.RemoveSharedWork();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("TERM")]
    [DataRow("INT")]
    public async Task It_says_what_it_serves_and_stops_cleanly_when_asked(string signal)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, "--slots", "3");

        (int exitCode, string printed) = await agent.StopAsync(signal);

        Assert.AreEqual(0, exitCode, printed);
        Assert.Contains($"Serving on {agent.EndPoint} (this machine only, no cluster key): 3 slots of power ", printed);
        Assert.Contains("g++", printed);
        Assert.Contains($"store {agent.Store} with 0 objects", printed);
        Assert.IsFalse(File.Exists(agent.ReadyFile), "the ready file goes with the agent");
        Assert.IsEmpty(Directory.GetFileSystemEntries(RunningAgent.Work, "agent-*"), "so do the folders of its compiles");
    }

    [TestMethod]
    public async Task A_text_sent_to_it_becomes_the_object_the_compiler_writes_here_and_is_kept()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        string source = _folder.Write("client/hello.cpp", "#include <string>\nstd::string hello(int unused) { return __FILE__; }\n");
        string[] arguments = ["-O2", "-Wall", "-Wextra", "-c", source, "-o", _folder["client/hello.o"]];
        CompileCommand command = new("g++", arguments, _folder["client"], RunningAgent.Environment());
        (Toolchain? toolchain, string? reason) =
            await new ToolchainIdentifier(null).IdentifyAsync(command.Compiler, command.WorkingDirectory, command.Environment, default);
        Assert.IsNotNull(toolchain, reason);
        PreprocessPlan plan = toolchain.Family.Preprocess(command, (CommandVerdict.Cacheable)toolchain.Family.Parse(command))[0];
        ProcessResult preprocessed = await RunAsync(plan.Command);
        byte[] text = [.. plan.Prefix.ToArray(), .. preprocessed.Output];
        Digest key = Digest.Of(text);

        RemoteCompileResult first, second;
        using AgentFinder finder = new(agent.Options, TimeProvider.System);
        await using (AgentConnection connection = await AgentConnection.ConnectAsync(await OfferAsync(finder, toolchain), agent.Options, default))
        {
            first = await CompileAsync(connection, key, toolchain, plan.Job, text);
            second = await CompileAsync(connection, key, toolchain, plan.Job, text);
        }

        ProcessResult local = await RunAsync(command);
        Assert.AreEqual(0, first.ExitCode, first.Errors);
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(_folder["client/hello.o"]), first.Result!.Object.ToArray());
        string warning = Words(first.Result.Errors.Span);
        Assert.Contains("unused parameter 'unused'", warning);
        Assert.StartsWith(warning, Words(local.Errors), "the agent cannot quote the line; the rest is what is printed here");
        Assert.IsFalse(first.FromStore);
        Assert.IsTrue(second.FromStore, "the same key is compiled once");
        (_, string printed) = await agent.StopAsync("TERM");
        Assert.AreEqual(1, printed.Split("c++ text").Length - 1, printed);
    }

    [TestMethod]
    public async Task A_compile_that_runs_when_it_is_told_to_stop_is_given_a_while_and_then_cancelled()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        Toolchain toolchain = (await new ToolchainIdentifier(null).IdentifyAsync("gcc", "/", RunningAgent.Environment(), default)).Toolchain!;
        // Exponential work for the compiler: it does not end by itself within any test.
        string macros = string.Concat(Enumerable.Range(1, 9).Select(i => $"#define A{i}(x) A{i - 1}(x) A{i - 1}(x) A{i - 1}(x) A{i - 1}(x)\n"));
        string text = $"#define A0(x) x x x x x x x x x x\n{macros}int f(int x) {{ A9(A5(x += x * 3;)) return x; }}\n";
        using AgentFinder finder = new(agent.Options, TimeProvider.System);
        await using AgentConnection connection = await AgentConnection.ConnectAsync(await OfferAsync(finder, toolchain), agent.Options, default);
        Task<RemoteCompileResult> compile = CompileAsync(connection, Digest.Of([1]), toolchain, new RemoteJob("gcc", "c", []), Encoding.ASCII.GetBytes(text));
        while ((await connection.StatusAsync(default)).Jobs.Count == 0)
        {
            await Task.Delay(10);
        }

        (int exitCode, string printed) = await agent.StopAsync("TERM");

        Assert.AreEqual(0, exitCode, printed);
        Assert.IsEmpty(Directory.GetFileSystemEntries(RunningAgent.Work, "agent-*"));
        await Task.WhenAny(compile);
        Assert.IsTrue(compile.IsFaulted || compile.Result.Result is null);
    }

    [TestMethod]
    public async Task It_keeps_its_name_when_it_starts_again()
    {
        int port;
        Guid first;
        await using (RunningAgent free = await RunningAgent.StartAsync(_folder))
        {
            port = free.EndPoint.Port;
            await free.StopAsync("TERM");
        }

        await using (RunningAgent named = await RunningAgent.StartAsync(_folder, port))
        {
            first = named.AgentId;
            await named.StopAsync("TERM");
        }

        await using RunningAgent again = await RunningAgent.StartAsync(_folder, port);
        Assert.AreEqual(first, again.AgentId);
    }

    [TestMethod]
    public async Task A_second_agent_on_the_same_port_says_so_and_fails()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        string port = agent.EndPoint.Port.ToString(CultureInfo.InvariantCulture);

        Tool second = await RunInThisProcessAsync("--port", port);

        Assert.AreEqual(1, second.ExitCode);
        Assert.Contains($"port {port}", second.Errors);
        Assert.Contains("--port", second.Errors);
    }

    [TestMethod]
    public async Task Beyond_loopback_it_wants_a_cluster_key_and_says_how_to_make_one()
    {
        Tool tool = await RunInThisProcessAsync("--port", "0", "--listen", "0.0.0.0");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("distbuild cluster new-key", tool.Errors);
    }

    [TestMethod]
    [DataRow("2", "--slots", "0")]
    [DataRow("2", "--slots", "many")]
    [DataRow("2", "--listen", "here")]
    [DataRow("2", "--port", "70000")]
    [DataRow("2", "--store-size", "10X")]
    [DataRow("1", "--cluster-key-file", "missing.key")]
    public async Task A_value_that_cannot_be_used_is_named(string exitCode, string option, string value)
    {
        Tool tool = await RunInThisProcessAsync(option, value);

        Assert.AreEqual(int.Parse(exitCode, CultureInfo.InvariantCulture), tool.ExitCode, tool.Errors);
        Assert.Contains(value, tool.Errors);
    }

    [TestMethod]
    public async Task With_a_cluster_key_it_serves_those_who_have_it()
    {
        await Tool.RunAsync(_folder.Path, new Dictionary<string, string>(), "cluster", "new-key", "cluster.key");
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, "--cluster-key-file", _folder["cluster.key"], "--listen", "127.0.0.1");
        using AgentFinder stranger = new(agent.Options, TimeProvider.System);
        BuildOptions withKey = agent.Options with { ClusterKeyFile = _folder["cluster.key"] };
        using AgentFinder member = new(withKey, TimeProvider.System);

        Offer offer = await OfferAsync(member, null);

        Assert.AreEqual(agent.AgentId, offer.AgentId);
        Assert.IsNotNull(offer.Certificate);
        await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, withKey, default);
        Assert.AreEqual(agent.AgentId, (await connection.StatusAsync(default)).AgentId);
        Assert.IsEmpty(await stranger.AskAsync([], [], default));
    }

    private Task<Tool> RunInThisProcessAsync(params string[] arguments) =>
        Tool.RunAsync(
            _folder.Path,
            new Dictionary<string, string>(),
            ["agent", "run", "--work", RunningAgent.Work, "--store", _folder["other-store"], .. arguments]);

    private static async Task<Offer> OfferAsync(AgentFinder finder, Toolchain? toolchain)
    {
        // A machine that is busy with other tests may answer late.
        for (int i = 0; i < 100; i++)
        {
            if (await finder.AskAsync(toolchain is null ? [] : [toolchain.Digest.Fingerprint], [], default) is [Offer offer, ..])
            {
                return offer;
            }
        }

        throw new TimeoutException("the agent does not answer");
    }

    private static async Task<RemoteCompileResult> CompileAsync(AgentConnection connection, Digest key, Toolchain toolchain, RemoteJob job, byte[] text)
    {
        await using SlotLease? lease = await connection.LeaseAsync(toolchain.Digest, default);
        return await lease!.CompileAsync(key, toolchain.Digest, job, sameWords: true, text, default);
    }

    private static Task<ProcessResult> RunAsync(CompileCommand command) =>
        ProcessRunner.RunAsync(new ProcessRequest(command.Compiler, command.Arguments, command.WorkingDirectory, command.Environment), default);

    /// <summary>Quotation marks follow the locale, which is the agent's on an agent.</summary>
    private static string Words(ReadOnlySpan<byte> printed) => Encoding.UTF8.GetString(printed).Replace('‘', '\'').Replace('’', '\'');
}
