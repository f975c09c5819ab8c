using DistBuild.Agent.Execution;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Hosting;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>What an agent that this account starts here would put between a compile and the machine.</summary>
internal static class IsolationCheck
{
    private const string About = "isolation";

    public static async Task<Check> RunAsync(CancellationToken cancellationToken)
    {
        Isolation found = await Isolation.DetectAsync(new ExecutionLimits(), AgentHost.ProgramOnPath, isDedicated: false, cancellationToken);
        return found.IsSandbox ? Check.Good(About, found.Description) : Check.Note(About, found.Description, found.Advice);
    }
}
