using System.Globalization;
using System.Text;

namespace DistBuild.Tasks.Building;

/// <summary>
/// Takes the members out of a library so that they can be put into another. Format: ar(5) with GNU's long names.
/// <code>
/// "!&lt;arch&gt;\n", then for each member, at an even offset, padded with '\n':
/// off  0                16            28        34        40       48              58      60
///      | name           | time        | user    | group   | mode   | length        | "`\n" | content
///      | "foo.obj/"     | decimal                                  | decimal bytes
/// name "/"  the index of symbols;  "//"  the table of long names, each ended by "/\n";  "/17"  the name at offset 17 of that table
/// </code>
/// </summary>
internal static class ArchiveReader
{
    private const int HeaderLength = 60, NameLength = 16, SizeOffset = 48, SizeLength = 10;

    /// <exception cref="InvalidDataException">It is not such a file, or cut off.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (bytes.Length < 8 || Ascii(bytes, 0, 8) != "!<arch>\n")
        {
            throw new InvalidDataException("it is not an archive of objects.");
        }

        List<(string, ReadOnlyMemory<byte>)> members = [];
        string longNames = "";
        for (int at = 8; at < bytes.Length;)
        {
            int start = at + HeaderLength;
            if (start > bytes.Length
                || !int.TryParse(Ascii(bytes, at + SizeOffset, SizeLength).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length > bytes.Length - start)
            {
                throw new InvalidDataException("it is damaged or cut off.");
            }

            string name = Ascii(bytes, at, NameLength).TrimEnd();
            if (name == "//")
            {
                longNames = Encoding.UTF8.GetString(bytes, start, length);
            }
            else if (name is not ("/" or "/SYM64/"))
            {
                members.Add((MemberName(name, longNames), bytes.AsMemory(start, length)));
            }

            at = start + length + (length % 2);
        }

        return members;
    }

    private static string MemberName(string name, string longNames)
    {
        if (!name.StartsWith("/", StringComparison.Ordinal))
        {
            return name.TrimEnd('/');
        }

        if (!int.TryParse(name.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) || offset >= longNames.Length)
        {
            throw new InvalidDataException("it names a member that is not in it.");
        }

        int end = longNames.IndexOf('\n', offset);
        return (end < 0 ? longNames.Substring(offset) : longNames.Substring(offset, end - offset)).TrimEnd('/');
    }

    private static string Ascii(byte[] bytes, int offset, int length) => Encoding.ASCII.GetString(bytes, offset, length);
}
