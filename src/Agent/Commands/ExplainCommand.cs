using System.CommandLine;
using DistBuild.Agent.Commands.Explaining;
using DistBuild.Agent.Commands.Output;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Core.Client;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild explain</c>: why units were compiled, and what differed from the build before.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        PathArgument target = new("REPORT|PROJECT|FOLDER")
        {
            Description = "A report that DistBuildReport named, a project, or a folder; the current folder unless given.",
            DefaultValueFactory = _ => ".",
        };
        Argument<string?> unit = new("UNIT") { Description = "A source or object: its name, or the end of its path.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        ToolCommand command = new(
            "explain",
            "Say why units were compiled: what kept each from being up to date and from being found in the cache, and in which argument, header, variable or "
            + "compiler its key differs from the nearest earlier build. A report explains its own build; a project or folder, the last build made by this account.",
            "distbuild explain",
            "distbuild explain app/app.vcxproj main.cpp",
            "distbuild explain build.json src/parser.cpp --json")
        {
            target,
            unit,
            json,
        };
        SettingsReader settings = new SettingsReader(context).Store();
        settings.AddTo(command);
        command.SetAction(parsed =>
        {
            BuildOptions options = settings.Read(parsed);
            IReadOnlyList<ExplainedUnit> units = UnitSource.Read(context.FullPath(parsed.GetValue(target)!), options);
            string? name = parsed.GetValue(unit);
            if (name is not null)
            {
                units = UnitSource.Select(units, name, context.Folder);
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Output, new { units });
            }
            else if (name is null)
            {
                ExplanationText.WriteOverview(context.Output, units);
            }
            else
            {
                foreach (ExplainedUnit one in units)
                {
                    ExplanationText.Write(context.Output, one);
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
