using System.CommandLine;
using System.ComponentModel;
using DistBuild.Agent.Hosting.Services;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild agent install</c> and <c>uninstall</c>: the agent as a service of Windows.</summary>
internal static class AgentServiceCommand
{
    private const string ElsewhereOnly = "this is for Windows. Elsewhere a service manager runs 'distbuild agent run' as it is, and stops it with SIGTERM.";

    // A service starts in a folder of Windows' own.
    private static readonly string[] PathOptions = ["--store", "--work", "--cluster-key-file", "--ready-file", "--log-file"];

    /// <param name="run">The command whose options the service is given.</param>
    public static Command CreateInstall(CommandContext context, Command run)
    {
        Argument<string[]> options = new("OPTIONS") { Description = "After '--': options of 'distbuild agent run'. The service does not see the environment of who installs it.", Arity = ArgumentArity.ZeroOrMore };
        ToolCommand command = new(
            "install",
            $"Windows, as administrator: make the service {ServiceNative.ServiceName}, which starts with the machine and runs as LocalService. That account must be able to read this program and the cluster key, and to "
            + "write to the store and the log.",
            "distbuild agent install",
            @"distbuild agent install -- --cluster-key-file D:\distbuild\cluster.key --store D:\distbuild\store --log-file D:\distbuild\agent.log",
            $"net start {ServiceNative.ServiceName}")
        {
            options,
        };
        command.SetAction(parsed =>
        {
            string[] words = [.. FullPaths(context, parsed.GetValue(options) ?? [])];
            if (run.Parse(words).Errors is [var error, ..])
            {
                throw new CommandException(error.Message, ExitCodes.Usage);
            }

            if (!OperatingSystem.IsWindows())
            {
                throw new CommandException(ElsewhereOnly);
            }

            try
            {
                ServiceManager.Install(CommandLine.Join([Environment.ProcessPath!, "agent", "run", "--as-service", .. words]));
            }
            catch (Win32Exception e)
            {
                throw Failure(e);
            }

            context.Output.WriteLine($"Service {ServiceNative.ServiceName} is there. It starts with the machine, and now with: net start {ServiceNative.ServiceName}");
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateUninstall(CommandContext context)
    {
        ToolCommand command = new("uninstall", $"Windows, as administrator: stop the service {ServiceNative.ServiceName} and remove it. Its store stays.", "distbuild agent uninstall");
        command.SetAction(async (_, stop) =>
        {
            if (!OperatingSystem.IsWindows())
            {
                throw new CommandException(ElsewhereOnly);
            }

            try
            {
                await ServiceManager.UninstallAsync(stop);
            }
            catch (Win32Exception e)
            {
                throw Failure(e);
            }
            catch (TimeoutException e)
            {
                throw new CommandException(e.Message);
            }

            await context.Output.WriteLineAsync($"Service {ServiceNative.ServiceName} is gone.");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The words with full paths, as <c>--store DIR</c> or <c>--store=DIR</c>.</summary>
    internal static IEnumerable<string> FullPaths(CommandContext context, IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            string? joined = Array.Find(PathOptions, option => word.StartsWith(option + "=", StringComparison.Ordinal));
            yield return joined is not null ? $"{joined}={context.FullPath(word[(joined.Length + 1)..])}"
                : i > 0 && PathOptions.Contains(words[i - 1]) ? context.FullPath(word)
                : word;
        }
    }

    private static CommandException Failure(Win32Exception e) => new(e.NativeErrorCode switch
    {
        ServiceNative.Exists => $"there is a service {ServiceNative.ServiceName} already; remove it first with: distbuild agent uninstall",
        ServiceNative.NoSuchService => $"there is no service {ServiceNative.ServiceName}",
        _ => $"the service manager refuses: {e.Message} This needs an administrator.",
    });
}
