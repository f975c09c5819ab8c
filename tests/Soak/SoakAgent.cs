using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Soak;

/// <summary>One agent on a host of its own, to which everything happens that happens to machines: it is killed and comes back, freezes, and loses its cable.</summary>
internal sealed class SoakAgent(VirtualNetwork network, int host, string clusterKey, string path, TemporaryFolder folder, int seed) : IAsyncDisposable
{
    private const int Port = 27182;

    private readonly Random _random = new(seed);
    private Agent? _agent;

    public string Store => folder[$"agent{host}-store"];

    public Dictionary<string, int> Faults { get; } = new() { ["killed"] = 0, ["frozen"] = 0, ["cut off"] = 0 };

    /// <summary>Lines that say that something went wrong inside the agent.</summary>
    public List<string> Complaints { get; } = [];

    public async Task StartAsync() => _agent = await Agent.StartAsync(
        Store, SoakOptions.SlotsOfAgent, clusterKey, VirtualNetwork.AddressOf(host), path, Port, network.On(host));

    /// <summary>Lets faults happen until it is told to stop; then the agent serves.</summary>
    public async Task SufferAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Seconds(5, 30), stop);
                await SufferOnceAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Whatever was broken is whole again.
        }
    }

    /// <summary>Stops it as a service manager does.</summary>
    public async Task StopAsync()
    {
        (await _agent!.StopAsync()).MustSucceed();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await EndAsync();
        }
    }

    private async Task SufferOnceAsync(CancellationToken stop)
    {
        switch (_random.Next(3))
        {
            case 0:
                Faults["killed"]++;
                _agent!.Kill();
                await EndAsync();
                await PauseAsync(Seconds(0.2, 3), stop);
                await StartAsync();
                break;
            case 1:
                Faults["frozen"]++;
                _agent!.Freeze();
                await PauseAsync(Seconds(0.5, 6), stop);
                _agent.Thaw();
                break;
            default:
                Faults["cut off"]++;
                network.Connect(host, connected: false);
                await PauseAsync(Seconds(0.5, 6), stop);
                network.Connect(host, connected: true);
                break;
        }
    }

    private async Task EndAsync()
    {
        Complaints.AddRange(_agent!.Printed.Split('\n').Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains("Unhandled", StringComparison.Ordinal)));
        await _agent.DisposeAsync();
        _agent = null;
    }

    private TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(least + (_random.NextDouble() * (most - least)));

    /// <summary>A fault that has begun comes to its end, sooner when the run is over.</summary>
    private static async Task PauseAsync(TimeSpan time, CancellationToken stop) => await Task.WhenAny(Task.Delay(time, stop));
}
