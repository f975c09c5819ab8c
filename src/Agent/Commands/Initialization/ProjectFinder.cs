namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Finds the C++ projects and the solutions below a folder, as full paths in a stable order.</summary>
internal static class ProjectFinder
{
    /// <summary>Folders that hold what tools made, never a project somebody builds from there.</summary>
    private static readonly string[] Skipped = [".git", ".vs", ".distbuild", "node_modules"];

    /// <summary>As deep as a look around may go when nobody named the folder: it may be a whole disk.</summary>
    public const int Nearby = 4;

    /// <param name="depth">How many levels of folders to look into.</param>
    public static (IReadOnlyList<string> Projects, IReadOnlyList<string> Solutions) Find(string folder, int depth = int.MaxValue)
    {
        List<string> projects = [], solutions = [];
        Visit(folder, depth, projects, solutions);
        projects.Sort(StringComparer.Ordinal);
        solutions.Sort(StringComparer.Ordinal);
        return (projects, solutions);
    }

    private static void Visit(string folder, int depth, List<string> projects, List<string> solutions)
    {
        // Links are not followed: they may form a circle, and what they lead to has its own folders above it.
        EnumerationOptions options = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (string file in Directory.EnumerateFiles(folder, "*", options))
        {
            string extension = Path.GetExtension(file);
            if (extension.Equals(".vcxproj", StringComparison.OrdinalIgnoreCase))
            {
                projects.Add(file);
            }
            else if (extension.Equals(".sln", StringComparison.OrdinalIgnoreCase) || extension.Equals(".slnx", StringComparison.OrdinalIgnoreCase))
            {
                solutions.Add(file);
            }
        }

        foreach (string child in Directory.EnumerateDirectories(folder, "*", options))
        {
            if (depth > 0 && !Skipped.Contains(Path.GetFileName(child), StringComparer.OrdinalIgnoreCase))
            {
                Visit(child, depth - 1, projects, solutions);
            }
        }
    }
}
