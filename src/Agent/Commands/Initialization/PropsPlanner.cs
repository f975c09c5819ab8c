using System.Xml;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Which <c>Directory.Build.props</c> files must say something so that every project below a folder hears it once.</summary>
internal static class PropsPlanner
{
    private const string PackagesName = "Directory.Packages.props";

    public static IReadOnlyList<FileStep> Plan(InitRequest request, IReadOnlyList<string> projects)
    {
        string main = Path.Combine(request.Folder, PropsChain.FileName);
        SortedDictionary<string, List<string>> byFile = new(StringComparer.Ordinal);
        List<FileStep> steps = [];
        string[] byThemselves = [.. projects.Where(Refers)];
        foreach (string project in projects.Except(byThemselves))
        {
            IReadOnlyList<string> chain = PropsChain.Of(project);
            if (chain.FirstOrDefault(file => !PropsChain.IsBelow(file, request.Folder) && Refers(file)) is { } above)
            {
                if (!steps.Exists(step => step.Path == above))
                {
                    steps.Add(FileStep.Right(above, "references the package for this folder too"));
                }

                continue;
            }

            // The last one of the chain that is ours to edit; a chain that ends below without looking further up does not see the main file.
            string[] below = [.. chain.Where(file => PropsChain.IsBelow(file, request.Folder))];
            string target = Array.Find(below, Refers) ?? below.LastOrDefault() ?? main;
            if (!byFile.TryGetValue(target, out List<string>? readers))
            {
                byFile[target] = readers = [];
            }

            readers.Add(project);
        }

        foreach ((string file, List<string> readers) in byFile)
        {
            steps.Add(PlanFile(request, file, readers));
        }

        // Their file is theirs; twice referenced is a warning of NuGet (NU1504).
        steps.AddRange(byThemselves.Select(project => Twice(project) ? ReferredTwice(project) : FileStep.Right(project, "references the package itself")));
        return steps;

        bool Twice(string project) => byFile.ContainsKey(main) || PropsChain.Of(project).Any(file => Refers(file) || byFile.ContainsKey(file));
    }

    private static FileStep ReferredTwice(string project) => FileStep.ByHand(
        project,
        $"references the package, as {PropsChain.FileName} now does for every project; take out its line with",
        ["<PackageReference Include=\"DistBuild\" … />"]);

    private static FileStep PlanFile(InitRequest request, string file, List<string> projects)
    {
        List<string> packages = [.. projects.Select(project => PropsChain.Above(Path.GetDirectoryName(project), PackagesName)).OfType<string>().Distinct()];
        bool central = packages.Count > 0
            || projects.SelectMany(PropsChain.Of).Distinct().Any(path => PropsChain.Mentions(path, "ManagePackageVersionsCentrally"));
        PropsSettings settings = new(
            request.Version,
            request.Source is { } source ? SourceSeenFrom(file, request.Folder, source) : null,
            central,
            CentralVersion: packages.Exists(path => Declares(path, "PackageVersion")),
            Referenced: packages.Exists(path => Declares(path, "GlobalPackageReference")));
        string? above = PropsChain.Above(Path.GetDirectoryName(Path.GetDirectoryName(file)), PropsChain.FileName);
        return File.Exists(file) ? PropsStep.Merge(file, settings) : PropsStep.Create(file, settings, importsParent: above is not null);
    }

    /// <summary>A source inside the tree is named from the file that names it, so that the tree can move.</summary>
    private static string SourceSeenFrom(string file, string root, string source) => PropsChain.IsBelow(source, root)
        ? "$(MSBuildThisFileDirectory)" + Path.GetRelativePath(Path.GetDirectoryName(file)!, source).Replace('\\', '/')
        : source;

    private static bool Refers(string path) => Declares(path, "PackageReference") || Declares(path, "GlobalPackageReference");

    private static bool Declares(string path, string item) => Elements(path).Any(element => element.Name == item && PropsEditor.Names(element, "DistBuild"));

    private static IReadOnlyList<OutlineElement> Elements(string path)
    {
        try
        {
            return XmlOutline.Read(Text(path));
        }
        catch (XmlException)
        {
            // MSBuild will not read it either, and says so better.
            return [];
        }
    }

    private static string Text(string path) => TextFile.TryRead(path)?.Text ?? "";
}
