using System.Text.Json;
using DistBuild.Tests.Shared;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>An agent as a process of its own, on loopback, at a port the system chose.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly RunningProgram _program;

    private Agent(TemporaryFolder folder, RunningProgram program, string store, string? clusterKeyFile)
    {
        _folder = folder;
        _program = program;
        Store = store;
        ClusterKeyFile = clusterKeyFile;
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Address { get; private set; } = "";

    public string Store { get; }

    public string? ClusterKeyFile { get; }

    public int ProcessId => _program.Id;

    /// <summary>What it printed so far.</summary>
    public string Printed => _program.Printed;

    /// <param name="store">A store it shares with somebody; else it has its own, empty.</param>
    /// <param name="on">What stands before its command, to run it on another host.</param>
    /// <param name="path">Its PATH, where it finds its compilers; else the PATH of the tests.</param>
    public static async Task<Agent> StartAsync(string? store = null, int slots = 1, string? clusterKeyFile = null, string listen = "127.0.0.1", string? path = null, int port = 0, string[]? on = null)
    {
        TemporaryFolder folder = new("distbuild-agent-");
        string readyFile = folder["ready"];
        store ??= folder["store"];
        List<string> arguments = ["agent", "run", "--store", store, "--listen", listen, "--port", $"{port}", "--slots", $"{slots}", "--ready-file", readyFile, "--dedicated"];
        if (clusterKeyFile is not null)
        {
            arguments.AddRange(["--cluster-key-file", clusterKeyFile]);
        }

        Dictionary<string, string> environment = Product.CleanEnvironment();
        environment["PATH"] = path ?? environment["PATH"];
        Agent agent = new(folder, RunningProgram.Start([.. on ?? [], Product.Tool, .. arguments], folder.Path, environment), store, clusterKeyFile);
        try
        {
            agent.Address = await agent.ReadyAsync(readyFile);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public void Kill() => _program.Signal("KILL");

    /// <summary>Stops it from running while its sockets stay open.</summary>
    public void Freeze() => _program.Signal("STOP");

    public void Thaw() => _program.Signal("CONT");

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<ProgramResult> StopAsync()
    {
        _program.Signal("TERM");
        return await _program.ExitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> ReadyAsync(string readyFile)
    {
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < deadline && !_program.HasExited; await Task.Delay(20))
        {
            if (File.Exists(readyFile))
            {
                using JsonDocument ready = JsonDocument.Parse(await File.ReadAllTextAsync(readyFile));
                return ready.RootElement.GetProperty("endpoint").GetString()!;
            }
        }

        throw new TimeoutException($"The agent did not become ready:\n{_program.Printed}");
    }
}
