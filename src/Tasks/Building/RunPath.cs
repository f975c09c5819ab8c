namespace DistBuild.Tasks.Building;

/// <summary>Programs run where they were built, and from wherever the tree is moved to: shared libraries are found relative to the program.</summary>
internal static class RunPath
{
    private static readonly string[] SystemFolders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

    /// <param name="shared">Full paths of the shared libraries of the link.</param>
    /// <param name="runtime">Full paths of those that they need: the linker must find them, and they are found by their own users later.</param>
    /// <param name="outputFolder">Full path.</param>
    public static IEnumerable<string> Arguments(IEnumerable<string> shared, IEnumerable<string> runtime, string outputFolder)
    {
        string[] folders = [.. shared.Select(library => Path.GetDirectoryName(library)!).Where(folder => !IsSystem(folder)).Distinct()];
        if (folders.Length > 0)
        {
            // The program's own folder comes first: that is where an installation puts its libraries.
            IEnumerable<string> relative = folders.Where(folder => folder != outputFolder).Select(folder => "$ORIGIN/" + RelativePath.Of(outputFolder, folder));
            foreach (string folder in relative.Prepend("$ORIGIN"))
            {
                yield return "-Wl,-rpath";
                yield return "-Xlinker";
                yield return folder;
            }
        }

        foreach (string folder in runtime.Select(library => Path.GetDirectoryName(library)!).Distinct())
        {
            yield return "-Wl,-rpath-link";
            yield return "-Xlinker";
            yield return folder;
        }
    }

    private static bool IsSystem(string folder) =>
        SystemFolders.Any(system => folder == system || folder.StartsWith(system + "/", StringComparison.Ordinal));
}
