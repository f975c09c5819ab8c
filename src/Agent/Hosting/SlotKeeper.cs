using DistBuild.Agent.Execution;
using DistBuild.Agent.Monitor;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>Lends as many slots as the machine can spare, second by second.</summary>
internal sealed class SlotKeeper(SlotPool slots, MachineMonitor monitor, AgentOptions options, TimeProvider time, ILogger<SlotKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, time);
        do
        {
            int allowed = SlotAllowance.Decide(monitor.State(slots.Held), slots.Slots, options.Dedicated);
            if (allowed == 0 != (slots.Allowed == 0))
            {
                HostLog.Memory(logger, allowed == 0 ? "No compiles for now" : "Compiles again", monitor.FreeMemory);
            }

            slots.Allow(allowed);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
