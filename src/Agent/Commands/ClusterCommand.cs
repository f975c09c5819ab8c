using System.CommandLine;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild cluster</c>: what makes several machines trust each other.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandContext context) => new("cluster", "The cluster key, by which agents and clients know each other.") { NewKey(context) };

    private static ToolCommand NewKey(CommandContext context)
    {
        PathArgument file = new("FILE") { Description = "The new file; an existing one is never replaced." };
        ToolCommand command = new(
            "new-key",
            "Write a new cluster key to a file that only you can read. Every agent and every developer of the cluster gets a copy, and nobody else.",
            "distbuild cluster new-key cluster.key",
            "export DistBuildClusterKeyFile=$PWD/cluster.key")
        {
            file,
        };
        command.SetAction(parsed =>
        {
            string path = context.FullPath(parsed.GetValue(file)!);
            try
            {
                ClusterKey.Generate(path);
            }
            catch (ClusterKeyException e)
            {
                throw new CommandException(e.Message);
            }

            context.Output.WriteLine($"New cluster key in {path}. Copy it to every machine of the cluster and name it there in DistBuildClusterKeyFile.");
            return ExitCodes.Done;
        });
        return command;
    }
}
