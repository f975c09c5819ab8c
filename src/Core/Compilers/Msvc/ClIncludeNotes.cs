using System.Text;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// The lines of <c>/showIncludes</c>: words in the compiler's language, a blank for each level of inclusion, and the file's name. The words ("Note: including file:",
/// "Hinweis: Einlesen der Datei:") depend on language and code page, so they are learned from a compile of a tiny file, byte by byte.
/// </summary>
internal static class ClIncludeNotes
{
    private const string Source = "distbuild-probe.c", Header = "distbuild-probe.h";

    /// <summary>The words before the blanks, two hexadecimal digits a byte.</summary>
    /// <exception cref="ToolchainUnknownException">The compiler names no header of a file that includes one.</exception>
    public static async Task<string> LearnAsync(CompilerQuestion question, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), "distbuild-" + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, Header), "");
            File.WriteAllText(Path.Combine(folder, Source), $"#include \"{Header}\"\nint probe;\n");
            byte[] printed = await question.RunInAsync(folder, ["/nologo", ClReporting.NotesSwitch, "/c", Source], cancellationToken).ConfigureAwait(false);
            return Find(printed, folder) ?? throw new ToolchainUnknownException($"{ClReporting.NotesSwitch} named no header of a file that includes one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolchainUnknownException($"its words for an included file cannot be learned: {e.Message}");
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>The files that notes name, and what was printed besides.</summary>
    /// <param name="words">As <see cref="LearnAsync"/> found them.</param>
    public static (List<byte[]> Files, byte[] Others) Read(byte[] printed, string words)
    {
        byte[] start = FromHex(words);
        List<byte[]> files = [];
        List<byte> rest = new(printed.Length);
        foreach ((int at, int length) in Lines(printed))
        {
            ReadOnlySpan<byte> line = printed.AsSpan(at, length);
            if (start.Length > 0 && line.StartsWith(start) && line.Length > start.Length && line[start.Length] == ' ')
            {
                files.Add(Trim(line.Slice(start.Length)).ToArray());
            }
            else
            {
                rest.AddRange(line.ToArray());
            }
        }

        return (files, [.. rest]);
    }

    internal static string? Find(byte[] printed, string folder)
    {
        foreach ((int at, int length) in Lines(printed))
        {
            ReadOnlySpan<byte> line = Trim(printed.AsSpan(at, length));
            if (!line.EndsWith(Encoding.ASCII.GetBytes(Header)))
            {
                continue;
            }

            ReadOnlySpan<byte> before = line.Slice(0, line.Length - Header.Length);
            before = WithoutFolder(before, folder);
            int end = before.Length;
            while (end > 0 && before[end - 1] == ' ')
            {
                end--;
            }

            // The file's name alone is a line of a compiler that says what it compiles.
            if (end > 0 && end < before.Length)
            {
                return ToHex(before.Slice(0, end));
            }
        }

        return null;
    }

    // The name may be the full one, with the folder in any case, or begin at the working directory.
    private static ReadOnlySpan<byte> WithoutFolder(ReadOnlySpan<byte> before, string folder)
    {
        string text = Encoding.UTF8.GetString(before.ToArray());
        string spelled = text.Replace('\\', '/'), place = folder.Replace('\\', '/') + "/";
        return spelled.EndsWith(place, StringComparison.OrdinalIgnoreCase) ? before.Slice(0, before.Length - Encoding.UTF8.GetByteCount(place))
            : spelled.EndsWith("./", StringComparison.Ordinal) ? before.Slice(0, before.Length - 2)
            : before;
    }

    // Each with its end.
    private static IEnumerable<(int At, int Length)> Lines(byte[] text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = Array.IndexOf(text, (byte)'\n', at);
            int next = end < 0 ? text.Length : end + 1;
            yield return (at, next - at);
            at = next;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        while (line.Length > 0 && line[line.Length - 1] is (byte)'\n' or (byte)'\r')
        {
            line = line.Slice(0, line.Length - 1);
        }

        int start = 0;
        while (start < line.Length && line[start] == ' ')
        {
            start++;
        }

        return line.Slice(start);
    }

    private static string ToHex(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(2 * bytes.Length);
        foreach (byte b in bytes)
        {
            text.Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static byte[] FromHex(string digits)
    {
        byte[] bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Convert.ToByte(digits.Substring(2 * i, 2), 16);
        }

        return bytes;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A few bytes in the folder for temporary files.
        }
    }
}
