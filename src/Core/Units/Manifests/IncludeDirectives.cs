using System.Text;
using static DistBuild.Core.Units.Manifests.SourceText;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// The headers that a text names: after <c>#include</c> and its relatives, and in <c>__has_include</c>. Conditionals are not decided and comments count, so
/// there may be too many names, never too few.
/// </summary>
internal static class IncludeDirectives
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[] Include = Ascii("include"), Import = Ascii("import"), HasInclude = Ascii("__has_include"), Define = Ascii("define");

    /// <summary>Adds what a text includes; false when a macro names something of it.</summary>
    public static bool Read(ReadOnlySpan<byte> text, List<IncludeProbe> names) => Read(text, Include, names) & Read(text, Import, names);

    /// <summary>Adds the operands of <c>__has_include</c>; false when one is not a plain name.</summary>
    public static bool ReadProbes(ReadOnlySpan<byte> text, List<IncludeProbe> names)
    {
        for (int at = Find(text, HasInclude, 0); at >= 0; at = Find(text, HasInclude, at + HasInclude.Length))
        {
            int after = at + HasInclude.Length;
            bool next = IsNext(text, ref after);
            int open = SkipBlanks(text, after);

            // A longer word, or a mention without operand such as #ifdef __has_include.
            if ((after < text.Length && IsIdentifier(text[after])) || (at > 0 && IsIdentifier(text[at - 1])) || open >= text.Length || text[open] != '(' || IsDefined(text, at))
            {
                continue;
            }

            if (Operand(text, SkipBlanks(text, open + 1), next) is not { } probe)
            {
                return false;
            }

            names.Add(probe);
        }

        return true;
    }

    // What compilers get that do not know the word (#define __has_include(header) 0): its parameter is no operand. What such a macro becomes is looked through like any text.
    private static bool IsDefined(ReadOnlySpan<byte> text, int at)
    {
        int define = SkipBlanksBack(text, at) - Define.Length;
        if (define < 0 || define + Define.Length == at || !text.Slice(define, Define.Length).SequenceEqual(Define))
        {
            return false;
        }

        int mark = SkipBlanksBack(text, define) - 1;
        int line = mark < 0 || text[mark] != '#' ? -1 : SkipBlanksBack(text, mark);
        return line == 0 || (line > 1 && text[line - 1] == '\n' && text[line - 2] is not ((byte)'\\' or (byte)'\r' or (byte)'/'));
    }

    private static int SkipBlanksBack(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        return end;
    }

    private static bool Read(ReadOnlySpan<byte> text, byte[] directive, List<IncludeProbe> names)
    {
        bool plain = true;
        for (int at = Find(text, directive, 0); at >= 0; at = Find(text, directive, at + directive.Length))
        {
            int after = at + directive.Length;
            bool next = IsNext(text, ref after);
            if ((after < text.Length && IsIdentifier(text[after])) || !IsDirective(text, at))
            {
                continue;
            }

            int operand = SkipBlanks(text, after);
            if (Operand(text, operand, next) is { } name)
            {
                names.Add(name);
            }
            else
            {
                plain &= operand >= text.Length || text[operand] is (byte)'\n' or (byte)'\r';
            }
        }

        return plain;
    }

    private static bool IsNext(ReadOnlySpan<byte> text, ref int after)
    {
        bool next = text.Slice(after).StartsWith("_next"u8);
        after += next ? 5 : 0;
        return next;
    }

    // The # may be written as %: and ??=, and a comment may stand behind it.
    internal static bool IsDirective(ReadOnlySpan<byte> text, int at)
    {
        int before = at - 1;
        while (before >= 0 && text[before] is (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'\v')
        {
            before--;
        }

        ReadOnlySpan<byte> start = text.Slice(0, before + 1);
        int mark = start.EndsWith("#"u8) ? 1 : start.EndsWith("%:"u8) ? 2 : start.EndsWith("??="u8) ? 3 : 0;
        return mark > 0 ? StartsLine(start.Slice(0, start.Length - mark)) : start.EndsWith("*/"u8) || start.EndsWith("??/"u8);
    }

    // A line that was continued starts one too, and so does the end of a comment. Comments about "\#include" are what this leaves out: the standard library is full of them.
    private static bool StartsLine(ReadOnlySpan<byte> before)
    {
        int end = before.Length;
        while (end > 0 && before[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\f' or (byte)'\v' or 0)
        {
            end--;
        }

        ReadOnlySpan<byte> start = before.Slice(0, end);
        return end == 0 || start[end - 1] is (byte)'\n' or (byte)'\r' || start.EndsWith("*/"u8) || (end == ByteOrderMark.Length && start.SequenceEqual(ByteOrderMark));
    }

    private static IncludeProbe? Operand(ReadOnlySpan<byte> text, int at, bool next)
    {
        byte close = at >= text.Length ? (byte)0 : text[at] switch { (byte)'<' => (byte)'>', (byte)'"' => (byte)'"', _ => (byte)0 };
        int end = close == 0 ? -1 : text.Slice(at + 1).IndexOf(close);
        if (end <= 0 || text.Slice(at + 1, end).IndexOfAny((byte)'\n', (byte)'\\') >= 0)
        {
            return null;
        }

        return new IncludeProbe(Encoding.UTF8.GetString(text.Slice(at + 1, end).ToArray()), close == '"', next);
    }
}
