using System.CommandLine;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild cluster</c>: what makes several machines trust each other.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandContext context) => new("cluster", "The cluster key, by which agents and clients know each other.") { NewKey(context) };

    private static ToolCommand NewKey(CommandContext context)
    {
        PathArgument file = new("FILE") { Description = "The new file; an existing one is never replaced." };
        Option<bool> readOnly = new("--read-only") { Description = "Write the read-only key of the cluster whose key is --cluster-key-file: its holders fetch, and fill nothing." };
        SettingsReader settings = new SettingsReader(context).ClusterKeyFile();
        ToolCommand command = new(
            "new-key",
            "Write a new cluster key to a file that only you can read. Every agent and every developer of the cluster gets a copy, and nobody else.",
            "distbuild cluster new-key cluster.key",
            "export DistBuildClusterKeyFile=$PWD/cluster.key",
            "distbuild cluster new-key --read-only reader.key     (of the cluster whose key DistBuildClusterKeyFile names)")
        {
            file,
            readOnly,
        };
        settings.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = context.FullPath(parsed.GetValue(file)!);
            try
            {
                string made = parsed.GetValue(readOnly) ? ReadOnly(path, settings.Read(parsed)) : New(path);
                context.Output.WriteLine(made);
            }
            catch (ClusterKeyException e)
            {
                throw new CommandException(e.Message);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string New(string path)
    {
        ClusterKey.Generate(path);
        return $"New cluster key in {path}. Copy it to every machine of the cluster and name it there in DistBuildClusterKeyFile.";
    }

    private static string ReadOnly(string path, BuildOptions options)
    {
        string cluster = options.ClusterKeyFile
            ?? throw new CommandException("--read-only: name the cluster's own key file with --cluster-key-file or DistBuildClusterKeyFile.", ExitCodes.Usage);
        ClusterKey.Load(cluster).WriteReadOnly(path);
        return $"Read-only key in {path}. Who names it in DistBuildClusterKeyFile fetches from the agents of the cluster, and can fill nothing.";
    }
}
