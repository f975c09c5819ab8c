namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>Makes a folder unwritable while it lives, for root too: by a read-only mount over itself.</summary>
internal sealed class ReadOnlyFolder : IAsyncDisposable
{
    private readonly string _folder;

    private ReadOnlyFolder(string folder) => _folder = folder;

    /// <summary>Null where mounting is not allowed.</summary>
    public static async Task<ReadOnlyFolder?> TryMakeAsync(string folder)
    {
        if (await MountAsync("--bind", folder, folder) != 0)
        {
            return null;
        }

        ReadOnlyFolder mounted = new(folder);
        Assert.AreEqual(0, await MountAsync("-o", "remount,ro,bind", folder));
        return mounted;
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", _folder);

    private static Task<int> MountAsync(params string[] arguments) => RunAsync("mount", arguments);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        await using RunningProgram running = RunningProgram.Start(program, arguments, "/", Product.CleanEnvironment());
        return (await running.ExitAsync(TimeSpan.FromSeconds(30))).ExitCode;
    }
}
