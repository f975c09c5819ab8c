using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Toolsets;

/// <summary>Metadata of items, read so that an escaped semicolon (<c>%3B</c>) stays part of its list item.</summary>
internal static class ItemLists
{
    /// <summary>The value with MSBuild's escapes still in it; empty when it is missing or explicitly empty, which an item cannot tell apart.</summary>
    public static string Escaped(ITaskItem item, string metadata) =>
        (item is ITaskItem2 modern ? modern.GetMetadataValueEscaped(metadata) : item.GetMetadata(metadata)) ?? "";

    /// <summary>The items of an escaped list, trimmed, without empty ones and without <c>%(Name)</c> that found no value.</summary>
    public static IReadOnlyList<string> Split(string escaped)
    {
        List<string> items = [];
        foreach (string item in escaped.Split(';'))
        {
            string text = Text(item);
            if (text.Length > 0)
            {
                items.Add(text);
            }
        }

        return items;
    }

    /// <summary>An escaped value as text, trimmed, without <c>%(Name)</c> that found no value.</summary>
    public static string Text(string escaped) => Untrimmed(escaped).Trim();

    /// <summary>As <see cref="Text"/>, with the blanks around it.</summary>
    public static string Untrimmed(string escaped) => WithoutLeftovers(Unescape(escaped));

    // By hand: a regular expression costs a fresh MSBuild process more than all the rest of this.
    private static string WithoutLeftovers(string text)
    {
        int begin = 0;
        while ((begin = text.IndexOf("%(", begin, StringComparison.Ordinal)) >= 0)
        {
            int end = begin + 2;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.'))
            {
                end++;
            }

            bool isReference = end < text.Length && text[end] == ')' && end > begin + 2;
            text = isReference ? text.Remove(begin, end + 1 - begin) : text;
            begin += isReference ? 0 : 2;
        }

        return text;
    }

    private static string Unescape(string escaped)
    {
        if (escaped.IndexOf('%') < 0)
        {
            return escaped;
        }

        StringBuilder text = new(escaped.Length);
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '%' && i + 2 < escaped.Length && TryHex(escaped.Substring(i + 1, 2), out char c))
            {
                text.Append(c);
                i += 2;
            }
            else
            {
                text.Append(escaped[i]);
            }
        }

        return text.ToString();
    }

    private static bool TryHex(string digits, out char value)
    {
        bool read = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code);
        value = (char)code;
        return read;
    }
}
