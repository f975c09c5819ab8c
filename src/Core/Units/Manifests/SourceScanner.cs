using System.Text;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// Looks through the raw text of a source or header for what the contents of files cannot tell: the time of the compile, the presence of other files, and files read
/// behind the preprocessor's back. It reads no comments and no conditionals, so it may see too much, never too little.
/// </summary>
public static class SourceScanner
{
    private static readonly (byte[] Token, string Refusal)[] Refusals =
    [
        (Ascii("__TIME__"), "__TIME__ is the time of the compile"),
        (Ascii("__DATE__"), "__DATE__ is the date of the compile"),
        (Ascii("__TIMESTAMP__"), "__TIMESTAMP__ is the time of the file, not its content"),
        (Ascii("incbin"), ".incbin reads a file that no compiler reports"),
        (Ascii("pch_preprocess"), "a precompiled header is read"),
        (Ascii("__has_embed"), "__has_embed asks for a file that no compiler reports"),
    ];

    private static readonly byte[][] AssemblerKeywords = [Ascii("asm"), Ascii("__asm"), Ascii("__asm__")];

    // Read by the assembler, also when the text spells them as several adjacent string literals.
    private static readonly byte[][] AssemblerReads = [Ascii("incbin"), Ascii(".include")];

    private static readonly byte[] HasInclude = Ascii("__has_include"), Embed = Ascii("embed");

    public static SourceTraits Scan(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] token, string refusal) in Refusals)
        {
            for (int at = Find(text, token, 0); at >= 0; at = Find(text, token, at + token.Length))
            {
                if (IsWhole(text, at, token.Length))
                {
                    return new SourceTraits(refusal, []);
                }
            }
        }

        return IsEmbedding(text) ? new SourceTraits("#embed reads a file into the text", [])
            : HasSplitIdentifier(text) ? new SourceTraits("a line continuation splits a word", [])
            : HasAssemblerRead(text) ? new SourceTraits("inline assembly reads a file that no compiler reports", [])
            : Probes(text);
    }

    private static bool HasSplitIdentifier(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'\\'); at >= 0;)
        {
            int next = at + 1;
            next += next < text.Length && text[next] == '\r' ? 1 : 0;
            if (at > 0 && next + 1 < text.Length && text[next] == '\n' && IsIdentifier(text[at - 1]) && IsIdentifier(text[next + 1]))
            {
                return true;
            }

            int following = text.Slice(at + 1).IndexOf((byte)'\\');
            at = following < 0 ? -1 : at + 1 + following;
        }

        return false;
    }

    private static bool HasAssemblerRead(ReadOnlySpan<byte> text)
    {
        foreach (byte[] keyword in AssemblerKeywords)
        {
            for (int at = Find(text, keyword, 0); at >= 0; at = Find(text, keyword, at + keyword.Length))
            {
                if (IsWhole(text, at, keyword.Length))
                {
                    byte[] joined = JoinLiterals(text);
                    return AssemblerReads.Any(read => joined.AsSpan().IndexOf(read) >= 0);
                }
            }
        }

        return false;
    }

    /// <summary>The text without the quotes and blanks between adjacent string literals.</summary>
    private static byte[] JoinLiterals(ReadOnlySpan<byte> text)
    {
        byte[] joined = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                int next = i + 1;
                while (next < text.Length && text[next] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\\')
                {
                    next++;
                }

                if (next < text.Length && text[next] == '"')
                {
                    i = next;
                    continue;
                }
            }

            joined[length++] = text[i];
        }

        Array.Resize(ref joined, length);
        return joined;
    }

    private static SourceTraits Probes(ReadOnlySpan<byte> text)
    {
        List<IncludeProbe>? probes = null;
        for (int at = Find(text, HasInclude, 0); at >= 0; at = Find(text, HasInclude, at + HasInclude.Length))
        {
            if (!IsOperand(text.Slice(at + HasInclude.Length), out IncludeProbe? probe))
            {
                return new SourceTraits("an operand of __has_include is not a plain name", []);
            }

            if (probe is { } named)
            {
                (probes ??= []).Add(named);
            }
        }

        return probes is null ? SourceTraits.None : new SourceTraits(null, probes);
    }

    /// <summary>True for an operand that is a name, and for a mention without operand such as <c>#ifdef __has_include</c>; false for anything computed.</summary>
    private static bool IsOperand(ReadOnlySpan<byte> rest, out IncludeProbe? probe)
    {
        probe = null;
        rest = SkipBlanks(rest);
        if (rest.Length > 0 && IsIdentifier(rest[0]))
        {
            // __has_include_next and the like search from somewhere else.
            return !rest.StartsWith(Ascii("_next"));
        }

        if (rest.Length == 0 || rest[0] != '(')
        {
            return true;
        }

        rest = SkipBlanks(rest.Slice(1));
        byte close = rest.Length == 0 ? (byte)0 : rest[0] switch { (byte)'<' => (byte)'>', (byte)'"' => (byte)'"', _ => (byte)0 };
        int end = close == 0 ? -1 : rest.Slice(1).IndexOf(close);
        if (end <= 0 || rest.Slice(1, end).IndexOfAny((byte)'\n', (byte)'\\') >= 0)
        {
            return false;
        }

        probe = new IncludeProbe(Encoding.UTF8.GetString(rest.Slice(1, end).ToArray()), close == '"');
        return true;
    }

    /// <summary><c>#embed</c>, with any blanks and line continuations between.</summary>
    private static bool IsEmbedding(ReadOnlySpan<byte> text)
    {
        for (int at = Find(text, Embed, 0); at >= 0; at = Find(text, Embed, at + Embed.Length))
        {
            int before = at - 1;
            while (before >= 0 && (text[before] is (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'\r' or (byte)'\n'))
            {
                before--;
            }

            if (before >= 0 && text[before] is (byte)'#' or (byte)':' && IsWhole(text, at, Embed.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text, int at, int length) =>
        (at == 0 || !IsIdentifier(text[at - 1])) && (at + length == text.Length || !IsIdentifier(text[at + length]));

    private static bool IsIdentifier(byte b) => b is (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9');

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        int skip = 0;
        while (skip < text.Length && text[skip] is (byte)' ' or (byte)'\t')
        {
            skip++;
        }

        return text.Slice(skip);
    }

    private static int Find(ReadOnlySpan<byte> text, byte[] token, int from)
    {
        int at = text.Slice(from).IndexOf(token);
        return at < 0 ? -1 : at + from;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
