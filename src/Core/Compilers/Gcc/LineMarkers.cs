using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The line markers of a preprocessed text (cpp manual, "Preprocessor Output"): <c># 12 "path" 1 3</c>, and <c>#line 12 "path"</c> as the source may
/// have it. Backslash escapes quote, backslash and octal bytes.
/// </summary>
internal static class LineMarkers
{
    /// <summary>The files a text came from, each once, in order of first appearance; not the compiler's pseudo files.</summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> text)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> last = default;
        for (int at = 0; at >= 0 && at < text.Length; at = NextLine(text, at))
        {
            if (!TryRead(text, at, out ReadOnlySpan<byte> quoted, out _) || quoted.SequenceEqual(last))
            {
                continue;
            }

            last = quoted;
            string file = Unquote(quoted);
            if (IsFile(file) && seen.Add(file))
            {
                files.Add(file);
            }
        }

        return files;
    }

    /// <summary>The start of the next line that begins with <c>#</c>, or -1.</summary>
    public static int NextLine(ReadOnlySpan<byte> text, int at)
    {
        int next = text.Slice(at).IndexOf("\n#"u8);
        return next < 0 ? -1 : at + next + 1;
    }

    /// <summary>Reads the marker that a line starting with <c>#</c> may be.</summary>
    /// <param name="quoted">The file between the quotes, escapes and all.</param>
    /// <param name="system">The marker says that a system header follows (flag 3).</param>
    public static bool TryRead(ReadOnlySpan<byte> text, int at, out ReadOnlySpan<byte> quoted, out bool system)
    {
        quoted = default;
        system = false;
        ReadOnlySpan<byte> line = text.Slice(at);
        if (line.Length < 2 || line[0] != '#')
        {
            return false;
        }

        line = line.Slice(1);
        line = line.StartsWith("line"u8) ? line.Slice(4) : line;
        int digits = Blanks(line);
        int end = digits;
        while (end < line.Length && line[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        if (digits == 0 || end == digits)
        {
            return false;
        }

        line = line.Slice(end);
        line = line.Slice(Blanks(line));
        if (line.Length == 0 || line[0] != '"')
        {
            return false;
        }

        line = line.Slice(1);
        int close = ClosingQuote(line);
        if (close < 0)
        {
            return false;
        }

        quoted = line.Slice(0, close);
        system = IsSystem(line.Slice(close + 1));
        return true;
    }

    private static bool IsFile(string file) =>
        file.Length > 0 && !(file[0] == '<' && file[file.Length - 1] == '>') && !file.EndsWith("//", StringComparison.Ordinal);

    private static int Blanks(ReadOnlySpan<byte> line)
    {
        int blanks = 0;
        while (blanks < line.Length && line[blanks] is (byte)' ' or (byte)'\t')
        {
            blanks++;
        }

        return blanks;
    }

    private static int ClosingQuote(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < line.Length && line[i] != '\n'; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSystem(ReadOnlySpan<byte> flags)
    {
        foreach (byte flag in flags)
        {
            if (flag is (byte)'\n' or (byte)'\r')
            {
                return false;
            }

            if (flag == '3')
            {
                return true;
            }
        }

        return false;
    }

    private static string Unquote(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(quoted.ToArray());
        }

        List<byte> bytes = new(quoted.Length);
        for (int i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                bytes.Add(quoted[i]);
                continue;
            }

            int value = 0, digits = 0;
            while (digits < 3 && i + 1 + digits < quoted.Length && quoted[i + 1 + digits] is >= (byte)'0' and <= (byte)'7')
            {
                value = (value * 8) + quoted[i + 1 + digits] - '0';
                digits++;
            }

            bytes.Add(digits > 0 ? (byte)value : quoted[i + 1]);
            i += digits > 0 ? digits : 1;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
