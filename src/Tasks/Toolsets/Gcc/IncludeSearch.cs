namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>
/// Include folders and forced includes. <c>$(IncludePath)</c> becomes -I after the project's own folders. -isystem would silence warnings in
/// headers that are mostly the project's own, and -idirafter would let a system header of the same name win; Visual Studio does neither.
/// </summary>
internal sealed class IncludeSearch
{
    private readonly ProjectPaths _paths;
    private readonly IReadOnlyList<string> _includePath, _externalIncludePath;

    public IncludeSearch(ProjectPaths paths, string includePath, string externalIncludePath)
    {
        _paths = paths;
        _includePath = ItemLists.Split(includePath);
        _externalIncludePath = ItemLists.Split(externalIncludePath);
    }

    /// <param name="sourceFolder">Full path: where a forced include is searched first, as an #include in the source's first line would be.</param>
    public IReadOnlyList<string> Arguments(CompileSettings settings, string sourceFolder)
    {
        List<string> normal = Folders([.. settings.IncludeDirectories, .. _includePath], settings);
        List<string> external = Folders([.. settings.ExternalIncludeDirectories, .. _externalIncludePath], settings);
        List<string> arguments = [.. normal.Select(folder => "-I" + _paths.Write(folder))];
        foreach (string folder in external)
        {
            arguments.Add("-isystem");
            arguments.Add(_paths.Write(folder));
        }

        foreach (string file in settings.ForcedIncludes)
        {
            arguments.Add("-include");
            arguments.Add(ForcedInclude(file, [sourceFolder, .. normal, .. external, _paths.ProjectDirectory]));
        }

        return arguments;
    }

    private List<string> Folders(IEnumerable<string> spelled, CompileSettings settings)
    {
        List<string> folders = [];
        foreach (string folder in spelled.Where(folder => folder.Trim('"', ' ').Length > 0))
        {
            if (ProjectPaths.IsForeign(folder))
            {
                settings.Note($"Include folder '{folder}' is on a Windows machine and was left out. Name its place on this machine under a condition on $(OS).");
            }
            else
            {
                folders.Add(_paths.FullOnDisk(folder));
            }
        }

        return folders;
    }

    private string ForcedInclude(string file, IEnumerable<string> folders)
    {
        string bare = file.Trim('"', ' ');
        foreach (string folder in folders)
        {
            string candidate = _paths.FullOnDisk(Path.Combine(folder, bare.Replace('\\', '/')));
            if (File.Exists(candidate))
            {
                return _paths.Write(candidate);
            }
        }

        // Not there (yet): the compiler searches once more when it runs, and says so if it is still missing.
        return bare.Replace('\\', '/');
    }
}
