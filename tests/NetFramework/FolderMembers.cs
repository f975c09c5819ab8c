namespace DistBuild.Tests.NetFramework;

/// <summary>What folders share with files by name; one class cannot have both.</summary>
internal static class FolderMembers
{
    extension(Directory)
    {
        public static void CreateSymbolicLink(string path, string target) => File.CreateSymbolicLink(path, target);
    }
}
