using DistBuild.Agent.Monitor;
using DistBuild.Agent.Requests;
using DistBuild.Core.Store;

namespace DistBuild.Agent.Hosting;

/// <summary>What the agent of this process says of itself.</summary>
internal sealed class AgentState(Guid agentId, int power, MachineMonitor monitor, ObjectStore store) : IAgentState
{
    public Guid AgentId { get; } = agentId;

    public string Name { get; } = Environment.MachineName;

    public int Power { get; } = power;

    public int Load => monitor.Load;

    public int FreeMemory => monitor.FreeMemory;

    public ObjectStore Store { get; } = store;
}
