using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Compilers;

/// <summary>A toolchain's digest with the files it was made of, as they were; holds as long as none of them changed.</summary>
/// <param name="Files">Every file hashed and every folder watched.</param>
internal sealed record RememberedToolchain(Digest Digest, string Version, string Target, IReadOnlyList<FileIdentity> Files)
{
    /// <summary>1: first form.</summary>
    private const string Header = "distbuild toolchain 1";

    /// <summary>Whether every file is still what it was.</summary>
    public bool Holds() => Files.All(file => FileIdentity.TryRead(file.Path, out FileIdentity now) && now == file);

    /// <summary>Reads what <see cref="Save"/> wrote; null for anything else.</summary>
    /// header, digest, version, target, one line "size modified changed inode path" a file, and the SHA-256 of all that.
    public static RememberedToolchain? Load(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            int last = text.LastIndexOf('\n');
            if (last < 0 || text.Substring(last + 1) != Digest.Of(Encoding.UTF8.GetBytes(text.Substring(0, last + 1))).ToString())
            {
                return null;
            }

            string[] lines = text.Substring(0, last).Split('\n');
            return lines.Length > 4 && lines[0] == Header && Digest.TryParse(lines[1], out Digest digest)
                ? new RememberedToolchain(digest, lines[2], lines[3], [.. lines.Skip(4).Select(ReadFile)])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Writes the file whole, or nothing: a folder that cannot be written costs time, not correctness.</summary>
    public void Save(string path)
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n').Append(Digest).Append('\n').Append(Version).Append('\n').Append(Target).Append('\n');
        foreach (FileIdentity file in Files)
        {
            text.Append(FormattableString.Invariant($"{file.Size} {file.Modified} {file.Changed} {file.Inode} {file.Path}\n"));
        }

        text.Append(Digest.Of(Encoding.UTF8.GetBytes(text.ToString())));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static FileIdentity ReadFile(string line)
    {
        string[] fields = line.Split([' '], 5);
        return new FileIdentity(
            fields[4],
            long.Parse(fields[0], CultureInfo.InvariantCulture),
            long.Parse(fields[1], CultureInfo.InvariantCulture),
            long.Parse(fields[2], CultureInfo.InvariantCulture),
            ulong.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
