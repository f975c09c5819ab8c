namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Where an item's object goes, by the rule of Visual Studio's targets, which compute the link's inputs the same way.</summary>
internal static class ObjectFile
{
    /// <summary>The object's full path. Its case stays as the metadata has it, or the link would look elsewhere.</summary>
    /// <param name="objectFileName">A file; a folder, where it ends in a slash or such a folder exists; empty for the project's folder.</param>
    /// <param name="source">As the project spells it.</param>
    public static string For(string objectFileName, string source, ProjectPaths paths)
    {
        string file = Path.GetFileNameWithoutExtension(source.Replace('\\', '/')) + ".obj";
        string named = objectFileName.Trim().Trim('"');
        if (named.Length == 0)
        {
            return Path.Combine(paths.ProjectDirectory, file);
        }

        string full = paths.Full(named);
        return named[named.Length - 1] is '/' or '\\' || Directory.Exists(full) ? Path.Combine(full, file) : full;
    }
}
