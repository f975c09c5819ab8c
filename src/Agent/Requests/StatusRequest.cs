using System.Reflection;
using DistBuild.Core.Store;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Says what the agent is doing now.</summary>
internal sealed class StatusRequest(RequestSession session, ushort stream) : ServerRequest(session, stream)
{
    private static readonly string Version =
        typeof(StatusRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public override Task<WireMessage> HandleAsync(CancellationToken cancellationToken)
    {
        IAgentState state = Services.State;
        (StoreStatistics store, StoreSample sample) = Services.Census.Take();
        return Task.FromResult<WireMessage>(new StatusReport(
            state.AgentId,
            Clamp.Name(state.Name),
            Clamp.Name(Version),
            Services.Time.GetUtcNow() - Services.Started,
            Services.Slots.Slots,
            Services.Slots.Free,
            Services.Slots.Queue,
            state.Power,
            state.Load,
            state.FreeMemory,
            Services.Connections(),
            store.Entries,
            store.Bytes,
            store.Limit,
            Services.Census.Given,
            [.. Services.Compiles.Toolchains.Take(WireLimits.MaxListed).Select(one => new StatusToolchain(one.Digest, Clamp.Name(one.Name)))],
            [.. Services.InFlight.All.Take(WireLimits.MaxListed)
                .Select(one => new StatusJob(one.Key, one.Client, one.Interested, Services.InFlight.Age(one), Clamp.Name(one.Compiler)))],
            new StatusSample(sample.Bits, sample.Fingerprints)));
    }
}
