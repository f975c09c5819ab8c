using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>
/// What a compiler said of its header folders, with the folders as they were then. It leaves out folders that do not exist and that are others' links, so what it says
/// holds as long as none of them changed.
/// </summary>
internal static class RememberedFolders
{
    /// <summary>1: first form.</summary>
    private const string Header = "distbuild header folders 1";

    private const string Missing = "missing ";

    /// <summary>The folders in search order; null when nothing is remembered that still holds.</summary>
    /// header, then a folder a line: "size modified changed inode path", or "missing path"; see <see cref="SealedLines"/>.
    public static IReadOnlyList<string>? Load(string path)
    {
        string[]? lines = SealedLines.Load(path, Header);
        for (int i = 0; lines is not null && i < lines.Length; i++)
        {
            string? folder = lines[i].StartsWith(Missing, StringComparison.Ordinal) ? lines[i].Substring(Missing.Length)
                : RememberedToolchain.TryReadFile(lines[i], out FileIdentity then) ? then.Path
                : null;
            if (folder is null || Line(folder) != lines[i])
            {
                return null;
            }

            lines[i] = folder;
        }

        return lines;
    }

    /// <param name="asked">When the compiler was asked: a folder that was touched about then may have been another one to it.</param>
    public static void Save(string path, IReadOnlyList<string> folders, long asked)
    {
        foreach (string folder in folders)
        {
            if (folder.Contains('\n') || (FileIdentity.TryRead(folder, out FileIdentity identity) && (identity.Changed == 0 || !identity.SettledBefore(asked))))
            {
                return;
            }
        }

        SealedLines.Save(path, Header, folders.Select(Line));
    }

    private static string Line(string folder) =>
        FileIdentity.TryRead(folder, out FileIdentity identity) ? RememberedToolchain.WriteFile(identity) : Missing + folder;
}
