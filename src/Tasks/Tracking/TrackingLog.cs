using System.Text;
using DistBuild.Core.Store;

namespace DistBuild.Tasks.Tracking;

/// <summary>
/// One of the logs by which Visual Studio's targets and its Clean know what a build read and wrote. UTF-16LE with a byte order mark; every line ends in CR LF. A line that
/// begins with <c>^</c> names the source, or several with <c>|</c> between them, that the lines behind it are about, up to the next of its kind. Full paths, in upper case.
/// <code>
/// FF FE                          byte order mark
/// ^C:\APP\A.CPP                  a source
/// C:\APP\A.H                     CL.read: files it read · CL.write: files it wrote · CL.command: its options and its path, in one line
/// ^C:\APP\B.CPP|C:\APP\C.CPP     two sources that share what follows
/// C:\APP\B.H
/// </code>
/// Lines of other sources stay as they are.
/// </summary>
internal sealed class TrackingLog
{
    /// <summary>Far above any project's; a longer file is damage, and nobody should read it into memory.</summary>
    private const long MaximumLength = 1L << 30;

    private const char Root = '^', Comment = '#';

    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: true);

    private readonly string _path;
    private readonly List<Entry> _entries = [];
    private bool _isChanged;

    private TrackingLog(string path) => _path = path;

    /// <summary>A file that is missing, too long or none of this kind is empty: then everything in it is out of date to whoever reads it.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static TrackingLog Load(string path)
    {
        TrackingLog log = new(path);
        FileInfo file = new(path);
        if (file.Exists && file.Length <= MaximumLength)
        {
            using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            log.Read(reader);
        }

        return log;
    }

    /// <summary>How a path stands in these logs.</summary>
    public static string Spell(string fullPath) => fullPath.ToUpperInvariant();

    /// <param name="source">Full path.</param>
    public bool Has(string source)
    {
        string root = Spell(source);
        return _entries.Exists(entry => Names(entry, root));
    }

    /// <summary>Replaces what is said about a source, and about no other.</summary>
    /// <param name="source">Full path.</param>
    public void Set(string source, IReadOnlyList<string> lines)
    {
        string root = Spell(source);
        int first = _entries.FindIndex(entry => Names(entry, root));
        if (first >= 0 && first == _entries.FindLastIndex(entry => Names(entry, root)) && _entries[first] is { Roots.Count: 1 } own && own.Lines.SequenceEqual(lines, StringComparer.Ordinal))
        {
            return;
        }

        Remove(source);
        _entries.Insert(first < 0 ? _entries.Count : first, new Entry([root], [.. lines]));
        _isChanged = true;
    }

    /// <param name="source">Full path.</param>
    public void Remove(string source)
    {
        string root = Spell(source);
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Roots.RemoveAll(other => IsSame(other, root)) == 0)
            {
                continue;
            }

            _isChanged = true;
            if (_entries[i].Roots.Count == 0)
            {
                _entries.RemoveAt(i);
            }
        }
    }

    /// <summary>Writes the file, whole or not at all; nothing when nothing changed.</summary>
    /// <exception cref="IOException">It is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Save()
    {
        if (!_isChanged)
        {
            return;
        }

        StringBuilder text = new();
        foreach (Entry entry in _entries)
        {
            text.Append(Root).Append(string.Join("|", entry.Roots)).Append("\r\n");
            foreach (string line in entry.Lines)
            {
                text.Append(line).Append("\r\n");
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        AtomicFile.Write(_path, (byte[])[.. Utf16.GetPreamble(), .. Utf16.GetBytes(text.ToString())], CancellationToken.None);
        _isChanged = false;
    }

    private void Read(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] == Root)
            {
                _entries.Add(new Entry([.. line.Substring(1).Split('|')], []));
            }
            else if (line.Length > 0 && line[0] != Comment && _entries.Count > 0)
            {
                _entries[_entries.Count - 1].Lines.Add(line);
            }
        }
    }

    private static bool Names(Entry entry, string root) => entry.Roots.Exists(other => IsSame(other, root));

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Entry(List<string> Roots, List<string> Lines);
}
