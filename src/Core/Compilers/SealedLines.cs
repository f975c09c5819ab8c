using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Compilers;

/// <summary>A small text file that is believed only whole: a header line, lines, and the SHA-256 of all that in hexadecimal digits.</summary>
internal static class SealedLines
{
    /// <summary>The lines after the header; null for a file that is not there, not whole, or of another header.</summary>
    public static string[]? Load(string path, string header)
    {
        try
        {
            // Most builds have none of these, and an exception costs a fresh process milliseconds.
            if (!File.Exists(path))
            {
                return null;
            }

            string text = File.ReadAllText(path);
            int last = text.LastIndexOf('\n');
            if (last < 0
                || !text.StartsWith(header + "\n", StringComparison.Ordinal)
                || text.Substring(last + 1) != Digest.Of(Encoding.UTF8.GetBytes(text.Substring(0, last + 1))).ToString())
            {
                return null;
            }

            return last == header.Length ? [] : text.Substring(header.Length + 1, last - header.Length - 1).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file whole, or nothing: a folder that cannot be written costs time, not correctness.</summary>
    public static void Save(string path, string header, IEnumerable<string> lines)
    {
        StringBuilder text = new(header);
        text.Append('\n');
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
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
}
