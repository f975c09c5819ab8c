namespace DistBuild.Agent.Tests;

/// <summary>A folder of one test's own, removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("distbuild-test-").FullName;

    public string File(params string[] parts) => Path.Combine([FullPath, .. parts]);

    /// <summary>Writes a text file, and the folders above it.</summary>
    public string Write(string relativePath, string content)
    {
        string path = File(relativePath.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
