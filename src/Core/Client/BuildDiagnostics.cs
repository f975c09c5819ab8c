namespace DistBuild.Core.Client;

/// <summary>What the build engine can tell a person: DB10xx. Losing helpers is a message: a laptop that left the LAN must not fail a build that treats warnings as errors.</summary>
public static class BuildDiagnostics
{
    public static readonly Diagnostic NoAgentAnswered = new("DB1001", DiagnosticLevel.Message,
        "No DistBuild agent answered at {0}; compiling here. Start the agents, or take them out of DistBuildAgents to silence this.");

    public static readonly Diagnostic AgentLost = new("DB1002", DiagnosticLevel.Message,
        "Agent {0} was lost: {1} Its units go to other agents or compile here.");

    public static readonly Diagnostic StoreUnusable = new("DB1003", DiagnosticLevel.Warning, "{0} The build goes on without it.");

    public static readonly Diagnostic ClusterKeyUnusable = new("DB1004", DiagnosticLevel.Warning, "{0} The build goes on without agents.");

    public static readonly Diagnostic HitDiffers = new("DB1006", DiagnosticLevel.Warning,
        "DistBuildVerify: the cached object of {0} is not what the compiler here makes of it: {1} was kept, {2} is made now (SHA-256). It was made by {3}. "
        + "The build uses the new object, and the local store has dropped the old one. If the compiler makes another object each time, the source depends on something "
        + "no key sees; if not, look after the memory and disks of {3}, and clear its store.");

    public static readonly Diagnostic AgentConfiguration = new("DB1005", DiagnosticLevel.Message, "{0}");
}
