using static DistBuild.Core.Units.Manifests.SourceText;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// Looks for the macros that say when something was compiled, and for the pieces that <c>##</c> could put them together from: a long piece of such a
/// name, or a macro that puts underscores around whatever it is given.
/// </summary>
internal static class TimeWords
{
    private static readonly (byte[] Word, string Refusal)[] Words =
    [
        (Ascii("__TIME__"), "__TIME__ is the time of the compile"),
        (Ascii("__DATE__"), "__DATE__ is the date of the compile"),
        (Ascii("__TIMESTAMP__"), "__TIMESTAMP__ is the time of the file, not its content"),
    ];

    // Of every way to cut a name in two, one piece has at least half of it, and begins or ends like these.
    private static readonly (byte[] Start, byte[][] Pieces)[] Pasted =
    [
        (Ascii("__TI"), Pieces(true, "__TIME__", "__TIMESTAMP__")),
        (Ascii("__DA"), Pieces(true, "__DATE__")),
        (Ascii("ME__"), Pieces(false, "__TIME__")),
        (Ascii("TE__"), Pieces(false, "__DATE__")),
        (Ascii("MP__"), Pieces(false, "__TIMESTAMP__")),
    ];

    public static string? Refuse(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] word, string refusal) in Words)
        {
            if (HasWhole(text, word))
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Not for system headers, whose macros put underscores around many a word.</summary>
    public static string? RefusePasted(ReadOnlySpan<byte> text) => HasPiece(text) || PastesUnderscores(text) ? "a macro may put together the time of the compile" : null;

    private static bool HasPiece(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] start, byte[][] pieces) in Pasted)
        {
            if (text.IndexOf(start) < 0)
            {
                continue;
            }

            foreach (byte[] piece in pieces)
            {
                if (HasWhole(text, piece))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool PastesUnderscores(ReadOnlySpan<byte> text) =>
        PastesUnderscores(text, "##"u8) || PastesUnderscores(text, "%:%:"u8) || PastesUnderscores(text, "??=??="u8);

    private static bool PastesUnderscores(ReadOnlySpan<byte> text, ReadOnlySpan<byte> paste)
    {
        int from = 0;
        for (int found = text.IndexOf(paste); found >= 0; found = text.Slice(from).IndexOf(paste))
        {
            int at = from + found;
            from = at + paste.Length;
            int before = at - 1, after = SkipBlanks(text, from);
            while (before >= 0 && text[before] is (byte)' ' or (byte)'\t')
            {
                before--;
            }

            if (IsUnderscores(text, before, -1) || IsUnderscores(text, after, +1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnderscores(ReadOnlySpan<byte> text, int at, int step)
    {
        int start = at;
        while (at >= 0 && at < text.Length && text[at] == '_')
        {
            at += step;
        }

        // One underscore joins words everywhere; these names need two.
        return Math.Abs(at - start) == 2 && (at < 0 || at >= text.Length || !IsIdentifier(text[at]));
    }

    private static byte[][] Pieces(bool starts, params string[] names) =>
    [
        .. names.SelectMany(name => Enumerable.Range(name.Length / 2, name.Length - (name.Length / 2))
            .Where(length => length < name.Length)
            .Select(length => Ascii(starts ? name.Substring(0, length) : name.Substring(name.Length - length)))),
    ];
}
