using System.CommandLine;
using DistBuild.Agent.Commands.Diagnosis;
using DistBuild.Agent.Commands.Output;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Core.Client;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild doctor</c>: what is wrong on this machine and in this folder, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        ToolCommand command = new(
            "doctor",
            "Check this machine and the current folder: .NET, compilers, isolation, store, cluster key, agents, projects. "
            + "Says what is wrong and what to do; ends with 1 when something is broken.",
            "distbuild doctor",
            "distbuild doctor --json")
        {
            json,
        };
        SettingsReader settings = new SettingsReader(context).Store().StoreSize().Agents().Discovery().Port().ClusterKeyFile();
        settings.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            IReadOnlyList<Check> checks = await RunAsync(context, settings.Read(parsed), stop);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Output, checks);
            }
            else
            {
                Write(context, checks);
            }

            return checks.Any(check => check.Verdict == Verdict.Broken) ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Check>> RunAsync(CommandContext context, BuildOptions options, CancellationToken stop)
    {
        Dictionary<string, string> environment = EnvironmentBlock.Read();
        return
        [
            await DotnetCheck.RunAsync(context, environment, stop),
            .. await CompilerChecks.RunAsync(environment, stop),
            await IsolationCheck.RunAsync(stop),
            StoreCheck.Run(options),
            .. await ClusterChecks.RunAsync(options, stop),
            .. ProjectChecks.Run(context),
        ];
    }

    private static void Write(CommandContext context, IReadOnlyList<Check> checks)
    {
        foreach (Check check in checks)
        {
            string mark = check.Verdict switch { Verdict.Good => "good", Verdict.Note => "note", _ => "BROKEN" };
            context.Output.WriteLine($"{mark,-6}  {check.About}: {check.Found}");
            if (check.Advice is { } advice)
            {
                context.Output.WriteLine($"{"",-6}    {advice}");
            }
        }
    }
}
