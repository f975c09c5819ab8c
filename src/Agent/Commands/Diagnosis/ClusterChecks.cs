using DistBuild.Agent.Commands.Output;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>The cluster key, and who answers to it.</summary>
internal static class ClusterChecks
{
    public static async Task<IReadOnlyList<Check>> RunAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using AgentFinder finder = new(options, TimeProvider.System);
            return [Key(options, finder), .. await AgentsAsync(finder, options, cancellationToken)];
        }
        catch (ClusterKeyException e)
        {
            return [Check.Broken("cluster key", e.Message, "Name the cluster's key file in DistBuildClusterKeyFile, or unset it.")];
        }
    }

    private static Check Key(BuildOptions options, AgentFinder finder) =>
        finder.Warning is { } warning ? Check.Note("cluster key", warning)
        : options.ClusterKeyFile is { } file ? Check.Good("cluster key", finder.MayFill ? file : $"{file}, read-only: builds fetch, and compile here what nobody has")
        : Check.Note(
            "cluster key",
            "none: only agents of this machine are asked",
            "For a LAN: 'distbuild cluster new-key FILE' once, then name the file in DistBuildClusterKeyFile everywhere.");

    private static async Task<IReadOnlyList<Check>> AgentsAsync(AgentFinder finder, BuildOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentView> agents = await AgentSurvey.AskAsync(finder, options, cancellationToken);
        Check nobody = Check.Note(
            "agents",
            $"none answers on port {Quantity.Count(options.Port)}; builds use the store of this machine",
            "'distbuild agent run' starts one; UDP and TCP of that port must pass the firewall.");
        return agents.Count == 0 ? [nobody] : [.. agents.Select(Agent)];
    }

    private static Check Agent(AgentView agent) => agent.Problem is { } problem
        ? Check.Broken(
            "agents",
            $"{agent.Name} {agent.Endpoint} answers, but: {problem}",
            "Let TCP of that port pass the firewall, and use the same version of DistBuild on both machines.")
        : Check.Good("agents", $"{agent.Name} {agent.Endpoint}: {Quantity.Of(agent.Slots, "slot")}, {Quantity.Of(agent.Toolchains!.Count, "compiler")}");
}
