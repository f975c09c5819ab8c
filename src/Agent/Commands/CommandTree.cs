using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace DistBuild.Agent.Commands;

/// <summary>The commands of the <c>distbuild</c> tool: one line here and one file each.</summary>
internal static class CommandTree
{
    /// <summary>After Ctrl+C or SIGTERM; longer than the agent takes to cancel its compiles and to remove their folders.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <returns>One of <see cref="ExitCodes"/>, or what the command says.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create(context).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await context.Errors.WriteLineAsync($"distbuild: {error.Message}");
            }

            await context.Errors.WriteLineAsync($"Try '{CommandLineOf(parsed.CommandResult)} --help'.");
            return ExitCodes.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = context.Output,
                Error = context.Errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTimeout,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandException e)
        {
            await context.Errors.WriteLineAsync($"distbuild: {e.Message}");
            return e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await context.Errors.WriteLineAsync($"distbuild: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Create(CommandContext context)
    {
        RootCommand root = new(
            "Compiles of C and C++ MSBuild projects come from whoever on the LAN already compiled the same thing; the rest spread over idle machines.")
        {
            InitCommand.Create(context),
            CompileOneCommand.Create(context),
            ExplainCommand.Create(context),
            AgentCommand.Create(context),
            StatusCommand.Create(context),
            StoreCommand.Create(context),
            ClusterCommand.Create(context),
            DoctorCommand.Create(context),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!);
        return root;
    }

    private static string CommandLineOf(SymbolResult? result) => result switch
    {
        CommandResult { Parent: not null } command => $"{CommandLineOf(command.Parent)} {command.Command.Name}",
        _ => "distbuild",
    };
}
