using System.Text;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>
/// A text file of a user, edited without touching what is not edited: byte order mark, encoding, line endings, permissions.
/// What is put in must be ASCII, so that it means the same in whatever 8-bit encoding the file has.
/// </summary>
internal sealed class TextFile
{
    /// <summary>One character per byte: any 8-bit encoding comes back as it was.</summary>
    private static readonly Encoding Bytes = Encoding.Latin1;

    private readonly Encoding _encoding;
    private readonly byte[] _mark;

    private TextFile(string path, Encoding encoding, byte[] mark, string text)
    {
        Path = path;
        _encoding = encoding;
        _mark = mark;
        Text = text;
    }

    public string Path { get; }

    public string Text { get; }

    public string NewLine => Text.IndexOf('\n', StringComparison.Ordinal) is int end and > 0 && Text[end - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Null when there is no such file.</summary>
    public static TextFile? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        foreach (Encoding unicode in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] mark = unicode.GetPreamble();
            if (bytes.AsSpan().StartsWith(mark))
            {
                return new TextFile(path, unicode, mark, unicode.GetString(bytes.AsSpan(mark.Length)));
            }
        }

        byte[] utf8 = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetPreamble() : [];
        return new TextFile(path, Bytes, utf8, Bytes.GetString(bytes.AsSpan(utf8.Length)));
    }

    /// <summary>Replaces the file's text, whole or not at all.</summary>
    public void Write(string text) => Write(Path, [.. _mark, .. _encoding.GetBytes(text)]);

    public static void Create(string path, string text) => Write(path, Encoding.ASCII.GetBytes(text));

    private static void Write(string path, byte[] bytes)
    {
        string target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        string temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
