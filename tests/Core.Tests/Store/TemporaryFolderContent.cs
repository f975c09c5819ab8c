using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

internal static class TemporaryFolderContent
{
    extension(TemporaryFolder folder)
    {
        /// <summary>Writes a file, with the folders it needs; returns its full path.</summary>
        public string Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], text);
            return folder[name];
        }

        /// <summary>Every file in it, at any depth.</summary>
        public string[] Files() => [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)];
    }
}
