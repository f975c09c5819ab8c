using System.Globalization;
using System.Text.Json;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class StatusTests : IDisposable
{
    /// <summary>Without a cluster key only this machine is asked.</summary>
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task An_agent_that_answers_is_shown_with_what_it_says_of_itself()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder, "--slots", "3");

        Tool table = await StatusAsync(agent.EndPoint.Port), json = await StatusAsync(agent.EndPoint.Port, "--json");

        Assert.AreEqual(0, table.ExitCode, table.Errors);
        Assert.StartsWith("agent ", table.Lines[0]);
        Assert.Contains($"{agent.EndPoint}  3/3", table.Lines[1]);
        Assert.Contains("g++", table.Lines[1]);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement shown = document.RootElement.GetProperty("agents").EnumerateArray().Single();
        Assert.AreEqual(agent.AgentId, shown.GetProperty("agentId").GetGuid());
        Assert.AreEqual(agent.EndPoint.ToString(), shown.GetProperty("endpoint").GetString());
        Assert.AreEqual(3, shown.GetProperty("freeSlots").GetInt32());
        Assert.AreEqual(0, shown.GetProperty("store").GetProperty("objects").GetInt32());
        Assert.IsGreaterThan(0, shown.GetProperty("toolchains").GetArrayLength());
        Assert.AreEqual(JsonValueKind.Null, shown.GetProperty("problem").ValueKind);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task What_an_agent_does_now_is_shown_with_whom_it_is_for_and_how_long_it_takes()
    {
        await using TestAgent agent = await TestAgent.StartAsync();
        Digest key = Digest.Of("key"u8);
        agent.Store.TryAdd(key, new CompiledResult("object"u8.ToArray(), default, default), "test");
        await using AgentConnection client = await agent.ConnectAsync();
        await client.FetchAsync(key, wait: false, CancellationToken.None);
        await using SlotLease lease = (await client.LeaseAsync(TestCompiler.Gcc.Digest, CancellationToken.None))!;
        Task compile = lease.CompileAsync(Digest.Of("other"u8), TestCompiler.Gcc.Digest, TestCompiler.Job, true, "hang"u8.ToArray(), CancellationToken.None);
        await TestAgent.UntilAsync(() => agent.Compiler.Running == 1);
        string[] arguments = ["--discovery", "off", "--agents", agent.Server.EndPoint.ToString()];

        Tool table = await StatusAsync(agent.Server.EndPoint.Port, arguments), json = await StatusAsync(agent.Server.EndPoint.Port, [.. arguments, "--json"]);
        agent.Compiler.LetGo();
        await compile;

        string name = Core.Wire.Clamp.Name(Environment.MachineName);
        Assert.Contains("compiles for", table.Output);
        Assert.Contains($"{name}@127.0.0.1", table.Output);
        Assert.Contains("1 agent, together 1 object in 1 copy (1 each), ", table.Lines[^1]);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement shown = document.RootElement.GetProperty("agents").EnumerateArray().Single(), job = shown.GetProperty("jobs").EnumerateArray().Single();
        Assert.AreEqual($"{name}@127.0.0.1", job.GetProperty("client").GetString());
        Assert.AreEqual(TestCompiler.Gcc.Name, job.GetProperty("compiler").GetString());
        Assert.IsGreaterThanOrEqualTo(0L, job.GetProperty("milliseconds").GetInt64());
        Assert.AreEqual(1, shown.GetProperty("given").GetInt64());
        Assert.AreEqual(1, document.RootElement.GetProperty("network").GetProperty("objects").GetInt64());
    }

    [TestMethod]
    public async Task When_nobody_answers_a_sentence_helps_and_nothing_has_failed()
    {
        int port = FreePort();

        Tool table = await StatusAsync(port), json = await StatusAsync(port, "--json");

        Assert.AreEqual(0, table.ExitCode);
        Assert.Contains($"No agent answers: asked this machine, port {port} ", table.Output);
        Assert.Contains("distbuild agent run", table.Output);
        Assert.AreEqual(0, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.AreEqual(0, document.RootElement.GetProperty("agents").GetArrayLength());
        Assert.AreEqual(0, document.RootElement.GetProperty("network").GetProperty("copies").GetInt32());
    }

    [TestMethod]
    public async Task It_says_whom_it_asked()
    {
        Tool nobody = await StatusAsync(FreePort(), "--discovery", "off");
        Tool named = await StatusAsync(FreePort(), "--discovery", "off", "--agents", "[::1]:9;127.0.0.1:9");

        Assert.Contains("nobody was asked", nobody.Output);
        Assert.Contains("asked ::1:9, 127.0.0.1:9.", named.Output);
    }

    [TestMethod]
    public async Task Watching_goes_on_until_it_is_interrupted()
    {
        using CancellationTokenSource interrupt = new();
        using NoticingWriter output = new(lines: 3, interrupt.Cancel);
        Agent.Commands.CommandContext context = new(output, TextWriter.Null, IsTerminal: false, _folder.Path, Nothing.GetValueOrDefault);

        int code = await Agent.Commands.CommandTree.RunAsync(
            ["status", "--json", "--watch", "--port", FreePort().ToString(CultureInfo.InvariantCulture)], context, interrupt.Token);

        Assert.AreEqual(0, code);
        string[] lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.HasCount(3, lines);
        foreach (string line in lines)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Assert.AreEqual(0, document.RootElement.GetProperty("agents").GetArrayLength());
        }
    }

    [TestMethod]
    public async Task A_setting_that_cannot_be_used_is_an_error_of_the_command_line()
    {
        Tool option = await Tool.RunAsync(_folder.Path, Nothing, "status", "--port", "0");
        Tool variable = await Tool.RunAsync(_folder.Path, new Dictionary<string, string> { ["DistBuildAgents"] = "a b" }, "status");
        Tool key = await Tool.RunAsync(_folder.Path, Nothing, "status", "--cluster-key-file", "missing.key");

        Assert.AreEqual(2, option.ExitCode);
        Assert.Contains("--port: '0'", option.Errors);
        Assert.AreEqual(2, variable.ExitCode);
        Assert.Contains("DistBuildAgents: 'a b'", variable.Errors);
        Assert.AreEqual(1, key.ExitCode);
        Assert.Contains("missing.key", key.Errors);
    }

    private Task<Tool> StatusAsync(int port, params string[] more) =>
        Tool.RunAsync(_folder.Path, Nothing, ["status", "--port", port.ToString(CultureInfo.InvariantCulture), .. more]);

    /// <summary>A port nobody listens on: taken and given back a moment ago.</summary>
    private static int FreePort()
    {
        using System.Net.Sockets.UdpClient socket = new(0, System.Net.Sockets.AddressFamily.InterNetwork);
        return ((System.Net.IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private sealed class NoticingWriter : StringWriter
    {
        private readonly Action _then;
        private int _lines;

        public NoticingWriter(int lines, Action then)
            : base(CultureInfo.InvariantCulture)
        {
            _lines = lines;
            _then = then;
            NewLine = "\n";
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (--_lines == 0)
            {
                _then();
            }
        }
    }
}
