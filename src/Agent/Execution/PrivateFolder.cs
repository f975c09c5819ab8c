namespace DistBuild.Agent.Execution;

/// <summary>The folder of one compile; gone when it is disposed.</summary>
internal sealed class PrivateFolder(string path) : IDisposable
{
    private const int Attempts = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string FullPath { get; } = path;

    /// <summary>Where this occurs, the folder's path was written, however the path was spelled.</summary>
    public string Name { get; } = Path.GetFileName(path);

    /// <summary>Where a sandbox shows it: a path that says nothing of this machine, and that <see cref="Name"/> gives away all the same.</summary>
    public string InsidePath => "/" + Name;

    public string File(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Remove(FullPath);

    /// <summary>
    /// Removes a folder as far as the system allows; what is held open now goes when the next agent starts. A process that is just ending may still add a file, so it is
    /// tried a few times.
    /// </summary>
    public static void Remove(string folder)
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(attempt < Attempts ? Pause : TimeSpan.Zero);
            }
        }
    }
}
