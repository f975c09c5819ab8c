namespace DistBuild.Agent.Execution;

/// <summary>The folder of one compile; gone when it is disposed.</summary>
internal sealed class PrivateFolder(string path) : IDisposable
{
    public string FullPath { get; } = path;

    /// <summary>Where this occurs, the folder's path was written, however the path was spelled.</summary>
    public string Name { get; } = Path.GetFileName(path);

    public string File(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Remove(FullPath);

    /// <summary>Removes a folder as far as the system allows; what is held open now goes when the next agent starts.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
