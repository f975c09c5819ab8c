using DistBuild.Agent.Commands.Initialization;
using DistBuild.Agent.Commands.Output;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>Whether the C++ projects below the current folder find VC targets and the package.</summary>
internal static class ProjectChecks
{
    private const string About = "projects", Again = "Run: distbuild init";

    public static IReadOnlyList<Check> Run(CommandContext context)
    {
        (IReadOnlyList<string> projects, _) = ProjectFinder.Find(context.Folder, ProjectFinder.Nearby);
        if (projects.Count == 0)
        {
            return [Check.Good(About, $"no .vcxproj in {context.Folder}")];
        }

        List<Check> checks = [References(projects)];
        if (!OperatingSystem.IsWindows())
        {
            checks.Add(Targets(context, projects));
        }

        checks.AddRange(SharedFolders(projects));
        return checks;
    }

    private static Check References(IReadOnlyList<string> projects)
    {
        string[] without = [.. projects.Where(project => !Refers(project))];
        string all = Quantity.Of(projects.Count, "C++ project");
        return without.Length == 0
            ? Check.Good(About, $"{all}, all with the package")
            : Check.Note(About, $"{Quantity.Count(without.Length)} of {all} without the package, {Path.GetFileName(without[0])} first", Again);
    }

    /// <summary>Without Visual Studio something must say where the VC targets are, before MSBuild reads the project.</summary>
    private static Check Targets(CommandContext context, IReadOnlyList<string> projects)
    {
        foreach (string project in projects)
        {
            string? targets = ResponseFileStep.TargetsFor(project) ?? context.Variable("VCTargetsPath");
            if (targets is null)
            {
                return Check.Note("VC targets", $"nothing tells MSBuild where they are for {Path.GetFileName(project)}; it cannot be built here", Again);
            }

            if (!File.Exists(Path.Combine(targets, "Microsoft.Cpp.Default.props")))
            {
                return Check.Broken("VC targets", $"VCTargetsPath of {Path.GetFileName(project)} is {targets}, where no VC targets are", Again);
            }
        }

        return Check.Good("VC targets", "found for every project");
    }

    /// <summary>NuGet restores one of several projects that share an obj folder and gives the others nothing, without a word.</summary>
    private static IEnumerable<Check> SharedFolders(IReadOnlyList<string> projects) => projects
        .Where(project => Refers(project) && !PropsChain.Of(project).Any(file => PropsChain.Mentions(file, "MSBuildProjectExtensionsPath"))
            && !PropsChain.Mentions(project, "MSBuildProjectExtensionsPath"))
        .GroupBy(project => Path.GetDirectoryName(project)!)
        .Where(folder => folder.Count() > 1)
        .Select(folder => Check.Broken(About, $"{folder.Count()} projects in {folder.Key} share one obj folder; only one of them gets the package", Again));

    private static bool Refers(string project) =>
        new[] { project, Path.Combine(Path.GetDirectoryName(project)!, "packages.config") }.Concat(PropsChain.Of(project))
            .Append(PropsChain.Above(Path.GetDirectoryName(project), "Directory.Packages.props"))
            .OfType<string>()
            .Any(file => PropsChain.Mentions(file, "\"DistBuild\""));
}
