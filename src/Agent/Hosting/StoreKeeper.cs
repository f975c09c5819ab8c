using DistBuild.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>Keeps the agent's store below its limit, and says once when something is wrong with it.</summary>
internal sealed class StoreKeeper(ObjectStore store, TimeProvider time, ILogger<StoreKeeper> logger) : BackgroundService
{
    /// <summary>What one minute of compiles adds is small against any limit.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool told = false;
        using PeriodicTimer timer = new(Period, time);
        do
        {
            await Task.Run(() => store.Trim(stoppingToken), CancellationToken.None);
            if (!told && store.Problem is { } problem)
            {
                HostLog.StoreProblem(logger, problem);
                told = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
