using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Agent.Connections;
using DistBuild.Agent.Hosting;
using DistBuild.Agent.Hosting.Services;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Store;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild agent</c>: the service that keeps objects and lends compile slots.</summary>
internal static class AgentCommand
{
    private const string FreePort = "0";

    /// <summary>More than any machine has processors.</summary>
    private const int MostSlots = 4096;

    public static Command Create(CommandContext context)
    {
        ToolCommand run = Run(context);
        return new Command("agent", "The service that keeps objects and compiles for others.")
        {
            run,
            AgentServiceCommand.CreateInstall(context, run),
            AgentServiceCommand.CreateUninstall(context),
        };
    }

    private static ToolCommand Run(CommandContext context)
    {
        Option<IPAddress?> listen = new("--listen")
        {
            Description = "The address to listen on: loopback unless given, and without a cluster key nothing else; with one, every interface.",
            HelpName = "IP",
            CustomParser = ParseAddress,
        };
        Option<int> slots = new("--slots")
        {
            Description = "Compiles at once; one per processor unless given.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = ParseSlots,
        };
        Option<string?> ready = new("--ready-file")
        {
            Description = "A file to write, with process id, endpoint and agent id as JSON, once the agent serves.",
            HelpName = "FILE",
        };
        Option<string?> work = new("--work") { Description = "The folder where compiles run; private to this account.", HelpName = "DIR" };
        Option<bool> dedicated = new("--dedicated") { Description = "Lend all slots whatever else this machine does; without it, who works here comes first. Memory is respected either way." };
        Option<string?> log = new("--log-file") { Description = "Append what the agent says to this file instead; it begins anew when it is larger than 16 MiB at the start.", HelpName = "FILE" };
        Option<bool> service = new("--as-service") { Description = "Started by Windows' service manager.", Hidden = true };
        Option<bool> silent = new("--no-announce") { Description = "Do not announce the agent by multicast DNS (_distbuild._tcp); builds find it all the same." };
        SettingsReader settings = new SettingsReader(context).Store().StoreSize().Port().ClusterKeyFile();
        ToolCommand command = new(
            "run",
            "Serve until Ctrl+C or SIGTERM: answer who has which object, give objects away, and compile what nobody has.",
            "distbuild agent run",
            "distbuild agent run --cluster-key-file cluster.key --store /srv/distbuild --store-size 100G",
            "distbuild agent run --port 0 --ready-file ready.json     (port 0: a free one, for tests)")
        {
            listen,
            slots,
            ready,
            work,
            dedicated,
            log,
            silent,
            service,
        };
        settings.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            bool free = settings.Text(parsed, "DistBuildPort") == FreePort;
            BuildOptions options = settings.Read(parsed, without: free ? "DistBuildPort" : null);
            AgentOptions agent = new()
            {
                Store = options.Store,
                StoreSize = options.StoreSize,
                Port = free ? 0 : options.Port,
                ClusterKeyFile = options.ClusterKeyFile,
                Listen = parsed.GetValue(listen),
                Slots = parsed.GetValue(slots),
                Dedicated = parsed.GetValue(dedicated),
                Announce = !parsed.GetValue(silent),
                ReadyFile = parsed.GetValue(ready) is { } file ? context.FullPath(file) : null,
                Work = parsed.GetValue(work) is { } folder ? context.FullPath(folder) : DefaultWork(context),
            };
            await using AgentOutput said = AgentOutput.Open(parsed.GetValue(log) is { } path ? context.FullPath(path) : null, context);
            return parsed.GetValue(service) ? RunAsService(agent, said.Context) : await RunAsync(agent, said.Context, started: null, stop);
        });
        return command;
    }

    private static int RunAsService(AgentOptions agent, CommandContext context)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new CommandException("--as-service is for Windows' service manager.", ExitCodes.Usage);
        }

        using WindowsService service = new(async (started, stop) =>
        {
            try
            {
                return await RunAsync(agent, context, started, stop);
            }
            catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
            {
                // Nobody sees what a service prints, but the log.
                await context.Errors.WriteLineAsync($"distbuild: {e.Message}");
                throw;
            }
        });
        return service.Run();
    }

    private static async Task<int> RunAsync(AgentOptions agent, CommandContext context, Action? started, CancellationToken stop)
    {
        try
        {
            await AgentHost.RunAsync(agent, context.Output, started, stop);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is ClusterKeyException or AgentStartException)
        {
            throw new CommandException(e.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it was starting.
            return ExitCodes.Done;
        }
    }

    private static int ParseSlots(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int slots) && slots is > 0 and <= MostSlots)
        {
            return slots;
        }

        result.AddError($"--slots: '{result.Tokens[0].Value}' cannot be used; give a number from 1 to {MostSlots}.");
        return 1;
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
        {
            return address;
        }

        result.AddError($"--listen: '{result.Tokens[0].Value}' is not an IP address; use 127.0.0.1 for this machine, 0.0.0.0 for every interface.");
        return null;
    }

    /// <summary>Beside this account's own store, whichever store the agent serves: compiles never run in a folder that others share.</summary>
    private static string DefaultWork(CommandContext context)
    {
        Dictionary<string, string> environment = [];
        foreach (string name in SettingsReader.Places)
        {
            if (context.Variable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        return StoreLocation.Default(environment) + "-agent";
    }
}
