using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests;

internal static class TemporaryFolderExtensions
{
    public static string File(this TemporaryFolder folder, params string[] parts) => Path.Combine([folder.Path, .. parts]);

    /// <summary>Writes a text file, and the folders above it.</summary>
    public static string Write(this TemporaryFolder folder, string relativePath, string content)
    {
        string path = folder.File(relativePath.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
