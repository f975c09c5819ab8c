namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathOf(string file) => Path.Combine(Root, file);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DistBuild.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
