using System.Globalization;
using System.Net;
using DistBuild.Agent.Commands.Output;
using DistBuild.Agent.Connections;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Requests;
using DistBuild.Core.Discovery;
using DistBuild.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>Serves from start to stop, and says where and with what.</summary>
internal sealed class AgentService(
    AgentServer server,
    AgentServerOptions serving,
    AgentOptions options,
    IAgentState state,
    ICompileService compiles,
    Isolation isolation,
    SelfTest selfTest,
    TextWriter output,
    ILogger<AgentService> logger)
    : IHostedService, IAsyncDisposable
{
    private ReadyFile? _ready;
    private Announcer? _announcer;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (serving.Key?.Warning is { } warning)
        {
            HostLog.KeyWarning(logger, warning);
        }

        if (compiles.Toolchains.Count == 0)
        {
            HostLog.NoCompilers(logger);
        }

        if (isolation.Advice is { } advice)
        {
            HostLog.NoSandbox(logger, isolation.Description, advice);
        }
        else
        {
            HostLog.Sandbox(logger, isolation.Description);
        }

        await server.StartAsync(cancellationToken);
        await selfTest.RunAsync(cancellationToken);
        if (options.Announce && serving.Key is not null && !IPAddress.IsLoopback(server.EndPoint.Address))
        {
            _announcer = new Announcer(state.Name, server.EndPoint.Port, state.AgentId, Addresses, Zeroconf.Port, TimeProvider.System, logger);
            _announcer.Start();
        }

        await output.WriteLineAsync(Announcement());
        await output.FlushAsync(cancellationToken);
        _ready = options.ReadyFile is { } path ? ReadyFile.Write(path, server.EndPoint, state.AgentId) : null;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ready?.Dispose();
        await DisposeAsync();
        await server.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_announcer is not null)
        {
            await _announcer.DisposeAsync();
        }
    }

    private IReadOnlyCollection<IPAddress> Addresses() =>
        server.EndPoint.Address.Equals(IPAddress.Any) ? LocalNetwork.Read().Own : [server.EndPoint.Address];

    private string Announcement()
    {
        string trust = serving.Key is null ? "this machine only, no cluster key" : "with the cluster key";
        string slots = string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(options.Slots, "slot")} of power {state.Power}");
        string names = string.Join(", ", compiles.Toolchains.Select(toolchain => toolchain.Name).Distinct());
        StoreStatistics store = state.Store.Statistics();
        string holds = $"{Quantity.Of(store.Entries, "object")}, {Quantity.Bytes(store.Bytes)} of {Quantity.Bytes(store.Limit)}";
        return $"Serving on {server.EndPoint} ({trust}): {slots}; {(names.Length > 0 ? names : "no compiler")}; store {store.Folder} with {holds}.";
    }
}
