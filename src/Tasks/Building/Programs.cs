namespace DistBuild.Tasks.Building;

/// <summary>Finds programs as a shell does.</summary>
internal static class Programs
{
    /// <summary>The full path of a program given by a name or a full path, or null.</summary>
    public static string? Find(string program, IReadOnlyDictionary<string, string> environment)
    {
        if (Path.IsPathRooted(program))
        {
            return File.Exists(program) ? program : null;
        }

        environment.TryGetValue("PATH", out string? path);
        return (path ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0 && Path.IsPathRooted(folder))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }
}
