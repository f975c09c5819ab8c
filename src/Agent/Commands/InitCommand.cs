using System.CommandLine;
using DistBuild.Agent.Commands.Initialization;
using DistBuild.Agent.Commands.Output;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild init</c>: makes a folder of C++ projects use DistBuild without editing one of them.</summary>
internal static class InitCommand
{
    public static Command Create(CommandContext context)
    {
        PathArgument folder = new("DIR") { Description = "The folder that holds the projects and solutions.", DefaultValueFactory = _ => "." };
        Option<string> targets = new("--vctargets")
        {
            Description = "Bring portable VC targets and a Directory.Build.rsp that names them: auto does where no Visual Studio is (not on Windows).",
            DefaultValueFactory = _ => "auto",
        };
        targets.AcceptOnlyFromAmong("auto", "always", "never");
        Option<string?> source = new("--source")
        {
            Description = "A folder or URL where the DistBuild package is found, besides the sources of nuget.config.",
            HelpName = "DIR|URL",
        };
        Option<bool> ignore = new("--gitignore") { Description = "Add Directory.Build.rsp, which is for one machine only, to .gitignore." };
        Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done and touch nothing." };
        ToolCommand command = new(
            "init",
            "Make the C++ projects (.vcxproj) of a folder use DistBuild, without editing them. "
            + "Running it again changes nothing, or brings what is there up to date.",
            "distbuild init                      the projects below the current folder",
            "distbuild init src --dry-run        show what would be done to src",
            "distbuild init --gitignore          also keep the response file out of version control",
            "distbuild init --source ../feed     take the package from a folder")
        {
            folder,
            targets,
            source,
            ignore,
            dryRun,
        };
        command.SetAction(parsed =>
        {
            string root = Path.TrimEndingDirectorySeparator(context.FullPath(parsed.GetValue(folder)!));
            bool vcTargets = parsed.GetValue(targets) switch { "always" => true, "never" => false, _ => !OperatingSystem.IsWindows() };
            InitRequest request = new(
                CheckFolder(root),
                vcTargets,
                ToolVersion.Text,
                parsed.GetValue(source) is { Length: > 0 } given ? SourceFor(context, given) : null,
                vcTargets ? TargetsFolder.Installed(context) : null,
                parsed.GetValue(ignore));
            return Run(context, root, InitPlan.For(request), parsed.GetValue(dryRun));
        });
        return command;
    }

    private static int Run(CommandContext context, string root, InitPlan plan, bool dryRun)
    {
        foreach (FileStep step in plan.Steps)
        {
            if (!dryRun)
            {
                step.Apply?.Invoke();
            }

            string what = step.Kind switch
            {
                StepKind.Right => "right",
                StepKind.Create => dryRun ? "would create" : "created",
                StepKind.Change => dryRun ? "would change" : "changed",
                _ => "BY HAND",
            };
            context.Output.WriteLine($"{what,-12}  {Path.GetRelativePath(root, step.Path)}: {step.Detail}");
            if (dryRun || step.Kind == StepKind.ByHand)
            {
                foreach (string line in step.Lines)
                {
                    context.Output.WriteLine($"{"",-12}    {line}");
                }
            }
        }

        foreach (string hint in plan.Hints)
        {
            context.Output.WriteLine($"Note: {hint}");
        }

        if (plan.Steps.Any(step => step.Kind == StepKind.ByHand))
        {
            context.Errors.WriteLine("distbuild: what is marked BY HAND could not be done safely; put in the lines shown there and run init again.");
            return ExitCodes.Failed;
        }

        string uses = dryRun ? "would use" : plan.Projects.Count == 1 ? "uses" : "use";
        context.Output.WriteLine($"{Quantity.Of(plan.Projects.Count, "C++ project")} {uses} DistBuild {ToolVersion.Text}.");
        return ExitCodes.Done;
    }

    private static string CheckFolder(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new CommandException($"there is no folder {root}.");
        }

        return root.IndexOfAny([';', '%', '"']) < 0
            ? root
            : throw new CommandException(
                $"MSBuild cannot take the path {root} in a response file because of its ';', '%' or '\"'; "
                + "rename that folder, or set the environment variable VCTargetsPath yourself.");
    }

    private static string SourceFor(CommandContext context, string source)
    {
        if (source.Contains("://", StringComparison.Ordinal))
        {
            return source;
        }

        string path = context.FullPath(source);
        return Directory.Exists(path) ? path : throw new CommandException($"--source: there is no folder {path}.", ExitCodes.Usage);
    }
}
