using DistBuild.Agent.Execution;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Hosting;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>What tests put between a compile and this machine.</summary>
internal static class Isolations
{
    public static Isolation None { get; } = new(IsSandbox: false, "none", Advice: null, [new LowPriority()]);

    /// <summary>What an agent would use here; a test that needs a sandbox is skipped where there is none.</summary>
    public static async Task<Isolation> SandboxAsync(ExecutionLimits? limits = null)
    {
        Isolation found = await Isolation.DetectAsync(limits ?? new ExecutionLimits(), AgentHost.ProgramOnPath, isDedicated: false, CancellationToken.None);
        if (!found.IsSandbox)
        {
            Assert.Inconclusive(found.Description + ". " + found.Advice);
        }

        return found;
    }

    /// <summary>What an agent would use here if nobody had installed bubblewrap.</summary>
    public static Task<Isolation> WithoutBubblewrapAsync(ExecutionLimits? limits = null) => Isolation.DetectAsync(
        limits ?? new ExecutionLimits(), program => program == "bwrap" ? null : AgentHost.ProgramOnPath(program), isDedicated: false, CancellationToken.None);
}
