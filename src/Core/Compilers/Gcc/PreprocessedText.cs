using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Whether a preprocessed text says everything its object depends on. Where macros are not expanded, some macros would get their value from the compile
/// of the text instead of the source's, and an assembler statement could be put together out of macros; such a unit needs the expanded text.
/// </summary>
internal static class PreprocessedText
{
    /// <summary>Null when the text stands for its unit, else a phrase that completes "not cacheable: ".</summary>
    public static string? Refuse(ReadOnlySpan<byte> text, bool expanded)
    {
        if (text.IndexOf("pch_preprocess"u8) >= 0)
        {
            return "it uses a precompiled header";
        }

        if (text.IndexOf(".incbin"u8) >= 0 || text.IndexOf(".INCBIN"u8) >= 0)
        {
            return "the assembler includes a file (.incbin)";
        }

        if (HasPragmaDependency(text))
        {
            return "a pragma asks for the time of another file";
        }

        return (expanded ? null : RefuseUnexpanded(text)) ?? AssemblerStatements.Refuse(text, expanded);
    }

    private static string? RefuseUnexpanded(ReadOnlySpan<byte> text)
    {
        if (HasIdentifier(text, "__DATE__"u8) || HasIdentifier(text, "__TIME__"u8) || HasIdentifier(text, "__TIMESTAMP__"u8))
        {
            return "it uses the time of the compilation";
        }

        if (HasIdentifier(text, "__BASE_FILE__"u8))
        {
            return "it uses __BASE_FILE__";
        }

        if (HasEmbed(text))
        {
            return "it embeds a file (#embed)";
        }

        return HasBrokenWord(text) ? "a line break stands in the middle of a word" : RefusePasted(text);
    }

    private static string? RefusePasted(ReadOnlySpan<byte> text)
    {
        TextRegions regions = new(text);
        while (regions.MoveNext())
        {
            if (!regions.IsSystem && TimeWords.RefusePasted(regions.Current) is string why)
            {
                return why;
            }
        }

        return null;
    }

    private static bool HasIdentifier(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        for (int at = text.IndexOf(name); at >= 0; at = Next(text, at + name.Length, name))
        {
            if ((at == 0 || !IsWord(text[at - 1])) && (at + name.Length == text.Length || !IsWord(text[at + name.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEmbed(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf("embed"u8); at >= 0; at = Next(text, at + 5, "embed"u8))
        {
            if ((at + 5 == text.Length || !IsWord(text[at + 5])) && IncludeDirectives.IsDirective(text, at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPragmaDependency(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf("dependency"u8); at >= 0; at = Next(text, at + 10, "dependency"u8))
        {
            int before = BeforeBlanks(text, at);
            if (before >= 2 && before < at - 1 && text.Slice(before - 2, 3).SequenceEqual("GCC"u8))
            {
                return true;
            }
        }

        return false;
    }

    // Joined lines could hide any of the words above.
    private static bool HasBrokenWord(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'\\'); at >= 0; at = Next(text, at + 1, "\\"u8))
        {
            if (at > 0 && (IsWord(text[at - 1]) || text[at - 1] == '#') && AfterSplice(text, at) is int end and > 0 && end < text.Length && IsWord(text[end]))
            {
                return true;
            }
        }

        for (int at = text.IndexOf("??/"u8); at >= 0; at = Next(text, at + 3, "??/"u8))
        {
            if (AfterSplice(text, at + 2) > 0)
            {
                return true;
            }
        }

        return false;
    }

    // Where the text goes on behind one or more joined lines; -1 when the backslash joins nothing.
    private static int AfterSplice(ReadOnlySpan<byte> text, int backslash)
    {
        int found = -1;
        for (int end = backslash + 1; end < text.Length; end++)
        {
            if (text[end] == '\n')
            {
                found = end + 1;
                if (found == text.Length || text[found] != '\\')
                {
                    return found;
                }

                end = found;
            }
            else if (text[end] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f'))
            {
                return found;
            }
        }

        return found;
    }

    private static int Next(ReadOnlySpan<byte> text, int from, ReadOnlySpan<byte> name)
    {
        int next = text.Slice(from).IndexOf(name);
        return next < 0 ? -1 : from + next;
    }

    private static int BeforeBlanks(ReadOnlySpan<byte> text, int at)
    {
        int before = at - 1;
        while (before >= 0 && text[before] is (byte)' ' or (byte)'\t')
        {
            before--;
        }

        return before;
    }

    internal static bool IsWord(byte c) =>
        c is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'$' or >= 0x80;
}
