using System.Text;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Splits text into arguments by the rules of Microsoft's C runtime ("Parsing C command-line arguments"): quotation marks group, a doubled one inside them is one
/// mark, and backslashes escape only where a quotation mark follows them. A line break separates like a blank.
/// </summary>
internal static class WindowsWords
{
    public static List<string> Split(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false, quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                i = Backslashes(text, i, word);
                inWord = true;
            }
            else if (c == '"')
            {
                inWord = true;
                if (quoted && i + 1 < text.Length && text[i + 1] == '"')
                {
                    word.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (!quoted && c is ' ' or '\t' or '\r' or '\n' or '\0')
            {
                End();
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }
    }

    // 2n backslashes and a mark are n backslashes, and the mark counts; one more and the mark is a character. Returns the last position used.
    private static int Backslashes(string text, int at, StringBuilder word)
    {
        int end = at;
        while (end < text.Length && text[end] == '\\')
        {
            end++;
        }

        int count = end - at;
        if (end == text.Length || text[end] != '"')
        {
            word.Append('\\', count);
            return end - 1;
        }

        word.Append('\\', count / 2);
        if (count % 2 == 0)
        {
            return end - 1;
        }

        word.Append('"');
        return end;
    }
}
