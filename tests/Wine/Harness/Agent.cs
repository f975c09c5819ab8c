using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Wine.Harness;

/// <summary>An agent on loopback, on Windows or on Linux, at a port the system chose.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly RunningProgram _program;

    private Agent(TemporaryFolder folder, RunningProgram program) => (_folder, _program) = (folder, program);

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What it printed so far.</summary>
    public string Printed => _program.Printed;

    /// <param name="store">Of a node on Windows that it shares; else it has its own, empty.</param>
    public static Task<Agent> StartOnWindowsAsync(string? store = null) => StartAsync(windows: true, store, null);

    public static Task<Agent> StartOnLinuxAsync(string? clusterKeyFile = null) => StartAsync(windows: false, null, clusterKeyFile);

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<Agent> StartAsync(bool windows, string? store, string? clusterKeyFile)
    {
        TemporaryFolder folder = new("distbuild-wine-agent-");
        Func<string, string> path = windows ? Windows.PathOf : same => same;
        List<string> arguments =
        [
            "agent", "run", "--store", store ?? path(folder["store"]), "--work", path(folder["work"]), "--listen", "127.0.0.1", "--port", "0", "--slots", "1",
            "--ready-file", path(folder["ready"]), "--dedicated",
        ];
        if (clusterKeyFile is not null)
        {
            arguments.AddRange(["--cluster-key-file", path(clusterKeyFile)]);
        }

        RunningProgram program = windows
            ? Windows.Start([Windows.Tool, .. arguments], folder.Path, new Dictionary<string, string>())
            : RunningProgram.Start([Windows.LinuxTool, .. arguments], folder.Path, Windows.LinuxEnvironment());
        Agent agent = new(folder, program);
        try
        {
            agent.Address = await agent.ReadyAsync(folder["ready"]);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    private async Task<string> ReadyAsync(string readyFile)
    {
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(90); DateTime.UtcNow < deadline && !_program.HasExited; await Task.Delay(20))
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
