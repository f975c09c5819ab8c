using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Processes;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

/// <summary>The tool as a process of its own, running an agent on loopback at a port the system chose.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private static readonly Lazy<TemporaryFolder> SharedWork = new(() => new TemporaryFolder());

    private readonly CancellationTokenSource _kill;
    private readonly Task<ProcessResult> _process;

    private RunningAgent(TemporaryFolder folder, CancellationTokenSource kill, Task<ProcessResult> process)
    {
        Folder = folder;
        _kill = kill;
        _process = process;
    }

    public TemporaryFolder Folder { get; }

    public int ProcessId { get; private set; }

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    public Guid AgentId { get; private set; }

    public string ReadyFile => Folder["ready.json"];

    public string Store => Folder["store"];

    /// <summary>Shared by all agents of a test run: a work folder may be, and what compilers are is found out once.</summary>
    public static string Work => SharedWork.Value.Path;

    public BuildOptions Options => new() { Store = Folder["client"], Agents = [new AgentAddress("127.0.0.1", EndPoint.Port)], Broadcast = false };

    /// <param name="folder">Where its store, work folder and ready file are; the test's own.</param>
    public static Task<RunningAgent> StartAsync(TemporaryFolder folder, params string[] more) => StartAsync(folder, 0, more);

    public static Task<RunningAgent> StartAsync(TemporaryFolder folder, int port, params string[] more) => StartAsync(folder, null, port, more);

    /// <param name="path">Where it finds its compilers; null for the PATH of the tests.</param>
    public static Task<RunningAgent> StartAsync(TemporaryFolder folder, string? path, int port, params string[] more) =>
        StartByAsync(folder, [], path, ["--port", port.ToString(CultureInfo.InvariantCulture), "--work", Work, .. more]);

    /// <summary>Whatever else the machine of the tests does.</summary>
    /// <param name="before">A program, with its arguments, that starts the agent.</param>
    public static async Task<RunningAgent> StartByAsync(TemporaryFolder folder, string[] before, string? path, string[] more)
    {
        CancellationTokenSource kill = new(TimeSpan.FromMinutes(3));
        string[] arguments = ["agent", "run", "--store", folder["store"], "--ready-file", folder["ready.json"], "--dedicated", .. more];
        RunningAgent agent = new(folder, kill, RunToolAsync(before, arguments, path, kill.Token));
        while (!File.Exists(agent.ReadyFile))
        {
            if (agent._process.IsCompleted)
            {
                ProcessResult ended = await agent._process;
                Assert.Fail($"The agent ended with {ended.ExitCode}: {Printed(ended)}");
            }

            await Task.Delay(20, kill.Token);
        }

        using JsonDocument ready = JsonDocument.Parse(await File.ReadAllTextAsync(agent.ReadyFile));
        agent.ProcessId = ready.RootElement.GetProperty("pid").GetInt32();
        agent.EndPoint = IPEndPoint.Parse(ready.RootElement.GetProperty("endpoint").GetString()!);
        agent.AgentId = ready.RootElement.GetProperty("agentId").GetGuid();
        return agent;
    }

    private static Task<ProcessResult> RunToolAsync(string[] before, string[] arguments, string? path, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = Environment();
        environment["PATH"] = path ?? environment["PATH"];
        string[] command = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "distbuild.dll"), .. arguments];
        return ProcessRunner.RunAsync(new ProcessRequest(command[0], command[1..], AppContext.BaseDirectory, environment), cancellationToken);
    }

    public static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => !((string)variable.Key).StartsWith("DistBuild", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);

    /// <summary>What <c>distbuild status</c> would show.</summary>
    public async Task<StatusReport> StatusAsync()
    {
        using AgentFinder finder = new(Options, TimeProvider.System);
        while (true)
        {
            if ((await finder.AskAsync([], [], CancellationToken.None)).SingleOrDefault() is { } offer)
            {
                await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, Options, CancellationToken.None);
                return await connection.StatusAsync(CancellationToken.None);
            }
        }
    }

    public Task SignalAsync(string signal) => ProcessRunner.RunAsync(
        new ProcessRequest("/bin/kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)], "/", Environment()), CancellationToken.None);

    /// <summary>Sends a signal, as a service manager or a person does, and waits for the end.</summary>
    public async Task<(int ExitCode, string Printed)> StopAsync(string signal)
    {
        await SignalAsync(signal);
        ProcessResult ended = await _process;
        return (ended.ExitCode, Printed(ended));
    }

    public async ValueTask DisposeAsync()
    {
        await _kill.CancelAsync();
        try
        {
            await _process;
        }
        catch (OperationCanceledException)
        {
        }

        _kill.Dispose();
    }

    public static void RemoveSharedWork()
    {
        if (SharedWork.IsValueCreated)
        {
            SharedWork.Value.Dispose();
        }
    }

    private static string Printed(ProcessResult ended) => Encoding.UTF8.GetString(ended.Output) + Encoding.UTF8.GetString(ended.Errors);
}
