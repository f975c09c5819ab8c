using System.CommandLine;
using DistBuild.Agent.Commands.Output;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild status</c>: the agents that answer now, and what they say of themselves.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private const string ClearScreen = "\e[H\e[2J\e[3J";

    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON: an object with the agents and what they hold together; with --watch one per line." };
        Option<bool> watch = new("--watch") { Description = "Repeat every second until Ctrl+C." };
        ToolCommand command = new(
            "status",
            "Show the agents that answer now: where they are, what they can do, what they are doing now, and what they keep alone and together.",
            "distbuild status",
            "distbuild status --watch",
            "distbuild status --json --agents 'build1;build2:27200'")
        {
            json,
            watch,
        };
        SettingsReader settings = new SettingsReader(context).Agents().Discovery().Port().ClusterKeyFile();
        settings.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            BuildOptions options = settings.Read(parsed);
            try
            {
                using AgentFinder finder = new(options, TimeProvider.System);
                await RunAsync(context, finder, options, parsed.GetValue(json), parsed.GetValue(watch), stop);
            }
            catch (ClusterKeyException e)
            {
                throw new CommandException(e.Message);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(CommandContext context, AgentFinder finder, BuildOptions options, bool json, bool watch, CancellationToken stop)
    {
        if (finder.Warning is { } warning)
        {
            await context.Errors.WriteLineAsync($"distbuild: {warning}");
        }

        try
        {
            do
            {
                StatusView status = await AgentSurvey.AskAllAsync(finder, options, stop);
                if (watch && context.IsTerminal && !json)
                {
                    await context.Output.WriteAsync(ClearScreen);
                }

                Write(context, status, options, json, oneLine: watch);
                if (watch)
                {
                    await Task.Delay(Period, stop);
                }
            }
            while (watch);
        }
        catch (OperationCanceledException) when (watch)
        {
            // Ctrl+C is how a person ends this.
        }
    }

    private static void Write(CommandContext context, StatusView status, BuildOptions options, bool json, bool oneLine)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, status, oneLine);
        }
        else if (status.Agents.Count == 0)
        {
            context.Output.WriteLine(
                $"No agent answers: {Asked(options)}. Builds work without one, as a compile cache of this machine; 'distbuild agent run' starts one.");
        }
        else
        {
            TableOutput.Write(context, AgentView.Columns, [.. status.Agents.Select(agent => agent.Cells())]);
            if (status.Agents.SelectMany(agent => agent.JobCells()).ToArray() is { Length: > 0 } jobs)
            {
                context.Output.WriteLine();
                TableOutput.Write(context, AgentView.JobColumns, jobs);
            }

            context.Output.WriteLine();
            context.Output.WriteLine(status.Network.Sentence());
        }
    }

    private static string Asked(BuildOptions options)
    {
        string named = options.Agents.Count == 0 ? "" : string.Join(", ", options.Agents.Select(agent => agent.ToString()));
        string shouted = !options.Broadcast ? ""
            : options.ClusterKeyFile is null ? $"this machine, port {Quantity.Count(options.Port)} (without a cluster key no other is asked)"
            : $"the LAN, port {Quantity.Count(options.Port)}";
        string[] asked = [.. new[] { named, shouted }.Where(text => text.Length > 0)];
        return asked.Length == 0 ? "nobody was asked (discovery is off and no agent is named)" : "asked " + string.Join(" and ", asked);
    }
}
