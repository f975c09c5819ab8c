namespace DistBuild.Agent.Commands.Initialization;

/// <param name="Folder">Full path of the folder whose projects are to use DistBuild.</param>
/// <param name="VcTargets">Bring the portable VC targets: where no Visual Studio is.</param>
/// <param name="Version">Of the package.</param>
/// <param name="Source">A package source: a URL or the full path of a folder; or null.</param>
/// <param name="InstalledTargets">Where the portable VC targets of this tool are; only needed with <paramref name="VcTargets"/>.</param>
internal sealed record InitRequest(string Folder, bool VcTargets, string Version, string? Source, string? InstalledTargets, bool GitIgnore);

/// <summary>Everything <c>init</c> would do to a folder; nothing is touched until the steps are applied.</summary>
/// <param name="Hints">What a person should know, one sentence each.</param>
internal sealed record InitPlan(IReadOnlyList<string> Projects, IReadOnlyList<FileStep> Steps, IReadOnlyList<string> Hints)
{
    public static InitPlan For(InitRequest request)
    {
        (IReadOnlyList<string> projects, IReadOnlyList<string> solutions) = ProjectFinder.Find(request.Folder);
        if (projects.Count == 0)
        {
            throw new CommandException($"no .vcxproj at or below {request.Folder}; nothing to do. Give the folder that holds the projects: distbuild init DIR");
        }

        List<FileStep> steps = [];
        List<string> hints = [];
        if (request.VcTargets)
        {
            IReadOnlyList<FileStep> responses = ResponseFiles(request.Folder, [.. projects, .. solutions]);
            if (responses.Any(step => PropsChain.IsBelow(step.Path, request.Folder)))
            {
                steps.Add(TargetsFolder.Plan(request.Folder, request.InstalledTargets!, request.Version));
                IgnoreStep.Plan(request.Folder, request.GitIgnore, steps, hints);
            }

            steps.AddRange(responses);
            hints.AddRange(SolutionsAbove(request.Folder));
        }

        PackagesConfigs(projects, request.Version, steps);
        steps.AddRange(PropsPlanner.Plan(request, projects));
        return new InitPlan(projects, steps, hints);
    }

    private static List<FileStep> ResponseFiles(string root, IReadOnlyList<string> entries)
    {
        string targets = Path.Combine(root, ".distbuild", "vc");
        string? above = File.Exists(Path.Combine(root, ResponseFileStep.FileName)) ? null : ResponseFileStep.SetAbove(root);
        List<FileStep> steps = [above is null ? ResponseFileStep.Plan(root, targets) : FileStep.Right(above, "sets VCTargetsPath for this folder too")];
        IEnumerable<string> nested = entries
            .Select(entry => Path.GetDirectoryName(PropsChain.Above(Path.GetDirectoryName(entry), ResponseFileStep.FileName)))
            .OfType<string>()
            .Where(folder => PropsChain.IsBelow(folder, root))
            .Distinct()
            .Order(StringComparer.Ordinal);
        steps.AddRange(nested.Select(folder => ResponseFileStep.Plan(folder, targets)));
        return steps;
    }

    /// <summary>MSBuild looks for the response file from what it is asked to build upwards, and so never finds ours for a solution above.</summary>
    private static IEnumerable<string> SolutionsAbove(string root)
    {
        for (string folder = root; !Path.Exists(Path.Combine(folder, ".git")) && Path.GetDirectoryName(folder) is { } above; folder = above)
        {
            IEnumerable<string> solutions = Directory.EnumerateFiles(above, "*.sln*", new EnumerationOptions { IgnoreInaccessible = true });
            if (solutions.FirstOrDefault(file => PropsChain.Mentions(file, ".vcxproj")) is { } solution)
            {
                yield return $"{solution} lies above this folder and will not find {ResponseFileStep.FileName}; to build it, run init in {above}.";
            }
        }
    }

    /// <summary>A project takes its packages from packages.config or from PackageReference, never from both.</summary>
    private static void PackagesConfigs(IReadOnlyList<string> projects, string version, List<FileStep> steps)
    {
        foreach (string path in projects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "packages.config")).Where(File.Exists).Distinct())
        {
            bool named = TextFile.TryRead(path)!.Text.Contains("id=\"DistBuild\"", StringComparison.OrdinalIgnoreCase);
            steps.Add(named
                ? FileStep.Right(path, "names the package")
                : FileStep.ByHand(
                    path,
                    "its projects take packages from here, so Directory.Build.props leaves them alone; install DistBuild in Visual Studio, which writes",
                    [$"<package id=\"DistBuild\" version=\"{version}\" targetFramework=\"native\" developmentDependency=\"true\" />"]));
        }
    }
}
