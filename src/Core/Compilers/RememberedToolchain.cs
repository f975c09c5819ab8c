using System.Globalization;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>A toolchain's digest with the files it was made of, as they were; holds as long as none of them changed.</summary>
/// <param name="Files">Every file hashed and every folder watched.</param>
internal sealed record RememberedToolchain(Digest Digest, string Version, string Target, FileIdentity[] Files)
{
    /// <summary>2: with the words before the names of included files. 1: first form.</summary>
    private const string Header = "distbuild toolchain 2";

    private const int FirstFile = 4;

    /// <summary>As <see cref="ToolchainParts.IncludeNotes"/>.</summary>
    public string IncludeNotes { get; init; } = "";

    public string[] Paths { get; } = PathsOf(Files);

    /// <summary>Whether every file is still what it was.</summary>
    public bool Holds() => Array.TrueForAll(Files, static file => FileIdentity.TryRead(file.Path, out FileIdentity now) && now == file);

    /// <summary>Reads what <see cref="Save"/> wrote; null for anything else.</summary>
    /// header, digest, version, target, words of include notes, one line "size modified changed inode path" a file; see <see cref="SealedLines"/>.
    public static RememberedToolchain? Load(string path)
    {
        if (SealedLines.Load(path, Header) is not { Length: > FirstFile } lines || !Digest.TryParse(lines[0], out Digest digest))
        {
            return null;
        }

        FileIdentity[] files = new FileIdentity[lines.Length - FirstFile];
        for (int i = 0; i < files.Length; i++)
        {
            if (!TryReadFile(lines[FirstFile + i], out files[i]))
            {
                return null;
            }
        }

        return new RememberedToolchain(digest, lines[1], lines[2], files) { IncludeNotes = lines[3] };
    }

    public void Save(string path) => SealedLines.Save(path, Header, [Digest.ToString(), Version, Target, IncludeNotes, .. Array.ConvertAll(Files, WriteFile)]);

    private static string[] PathsOf(FileIdentity[] files)
    {
        string[] paths = new string[files.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            paths[i] = files[i].Path;
        }

        return paths;
    }

    internal static string WriteFile(FileIdentity file) => FormattableString.Invariant($"{file.Size} {file.Modified} {file.Changed} {file.Inode} {file.Path}");

    internal static bool TryReadFile(string line, out FileIdentity file)
    {
        string[] fields = line.Split([' '], 5);
        file = default;
        if (fields.Length < 5
            || !long.TryParse(fields[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out long size)
            || !long.TryParse(fields[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out long modified)
            || !long.TryParse(fields[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out long changed)
            || !ulong.TryParse(fields[3], NumberStyles.Integer, CultureInfo.InvariantCulture, out ulong inode))
        {
            return false;
        }

        file = new FileIdentity(fields[4], size, modified, changed, inode);
        return true;
    }
}
