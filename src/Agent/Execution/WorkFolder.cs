namespace DistBuild.Agent.Execution;

/// <summary>
/// Where an agent's compiles run: a folder of this process, readable by its account only, with one private folder per compile. What an agent that
/// was killed left behind is removed by the next one.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly FileStream _lock;

    private WorkFolder(string root, string folder, FileStream fileLock)
    {
        Root = root;
        _folder = folder;
        _lock = fileLock;
    }

    /// <summary>Stays between processes.</summary>
    public string Root { get; }

    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public static WorkFolder Open(string root)
    {
        string full = Path.GetFullPath(root);
        CreatePrivate(full);
        RemoveOrphans(full);
        string name = $"agent-{Guid.NewGuid():n}";
        // The lock exists before the folder does, so that no other agent takes a new folder for an orphan.
        FileStream fileLock = new(Path.Combine(full, name + ".lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        string folder = Path.Combine(full, name);
        CreatePrivate(folder);
        return new WorkFolder(full, folder, fileLock);
    }

    /// <summary>A new empty folder; disposing it removes it with everything in it.</summary>
    public PrivateFolder CreatePrivateFolder()
    {
        string folder = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        CreatePrivate(folder);
        return new PrivateFolder(folder);
    }

    public void Dispose()
    {
        PrivateFolder.Remove(_folder);
        _lock.Dispose();
        try
        {
            File.Delete(_lock.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next agent removes it.
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            // Below a user's own folder it inherits access for that user only.
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        // For a folder that was there: fails when it is somebody else's.
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static void RemoveOrphans(string root)
    {
        foreach (string path in Directory.EnumerateFiles(root, "agent-*.lock"))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    PrivateFolder.Remove(Path.ChangeExtension(path, null));
                }

                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its agent lives.
            }
        }
    }
}
