using System.Text;

namespace DistBuild.Core.Units.Manifests;

/// <summary>Words and blanks of C's text before it is preprocessed.</summary>
internal static class SourceText
{
    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static bool IsIdentifier(byte b) => b is (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9');

    public static int Find(ReadOnlySpan<byte> text, byte[] token, int from)
    {
        int at = text.Slice(from).IndexOf(token);
        return at < 0 ? -1 : at + from;
    }

    /// <summary>Whether a word stands for itself and is not part of a longer one.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text, int at, int length) =>
        (at == 0 || !IsIdentifier(text[at - 1])) && (at + length == text.Length || !IsIdentifier(text[at + length]));

    public static bool HasWhole(ReadOnlySpan<byte> text, byte[] word)
    {
        for (int at = Find(text, word, 0); at >= 0; at = Find(text, word, at + word.Length))
        {
            if (IsWhole(text, at, word.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Past blanks, comments and joined lines.</summary>
    public static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\f' or (byte)'\v')
            {
                at++;
            }
            else if (JoinedLine(text, at) is int joined and > 0)
            {
                at += joined;
            }
            else if (text.Slice(at).StartsWith("/*"u8))
            {
                int end = text.Slice(at + 2).IndexOf("*/"u8);
                at = end < 0 ? text.Length : at + end + 4;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>The length of what joins two lines here: a backslash, blanks (which gcc lets pass) and a line's end; 0 when nothing does.</summary>
    public static int JoinedLine(ReadOnlySpan<byte> text, int at)
    {
        int end = at + (text[at] == '\\' ? 1 : text.Slice(at).StartsWith("??/"u8) ? 3 : 0);
        if (end == at)
        {
            return 0;
        }

        while (end < text.Length && text[end] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\f' or (byte)'\v')
        {
            end++;
        }

        return end < text.Length && text[end] == '\n' ? end + 1 - at : 0;
    }

    /// <summary>Whether two lines are joined in the middle of a word, which could be any word.</summary>
    public static bool HasBrokenWord(ReadOnlySpan<byte> text) => HasBrokenWord(text, "\\"u8) || HasBrokenWord(text, "??/"u8);

    private static bool HasBrokenWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> joint)
    {
        int from = 0;
        for (int found = text.IndexOf(joint); found >= 0; found = text.Slice(from).IndexOf(joint))
        {
            int at = from + found;
            from = at + joint.Length;
            int length = at > 0 && IsIdentifier(text[at - 1]) ? JoinedLine(text, at) : 0;

            // A word may be broken more than once in a row.
            while (length > 0 && at + length < text.Length && JoinedLine(text, at + length) is int more and > 0)
            {
                length += more;
            }

            if (length > 0 && at + length < text.Length && IsIdentifier(text[at + length]))
            {
                return true;
            }
        }

        return false;
    }
}
