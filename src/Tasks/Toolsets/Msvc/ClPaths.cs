namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>Slashes of paths. Where a system has no backslashes, MSBuild turns those of a path that exists into slashes, so what the project wrote is not known.</summary>
internal static class ClPaths
{
    /// <summary>A relative path as a project written for Windows has it; paths of this system and all paths on Windows stay as they are.</summary>
    public static string Backslashes(string path) =>
        Path.DirectorySeparatorChar == '\\' || path.TrimStart('"').StartsWith("/", StringComparison.Ordinal) ? path : path.Replace('/', '\\');

    /// <summary>A path as this system reads it.</summary>
    public static string Slashes(string path) => Path.DirectorySeparatorChar == '\\' ? path : path.Replace('\\', '/');
}
