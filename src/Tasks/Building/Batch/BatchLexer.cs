using System.Text;

namespace DistBuild.Tasks.Building.Batch;

/// <summary>A part of a line, and what follows it.</summary>
/// <param name="Text">Words, for the rules of Microsoft's C runtime.</param>
/// <param name="Operator">What joins or redirects; empty at the end of the line.</param>
internal sealed record BatchSegment(string Text, string Operator);

/// <summary>
/// Splits a line by cmd.exe's rules: every quotation mark ends or begins quoting, a caret outside quotes takes the next character literally,
/// <c>%%</c> is a percent sign, and <c>&amp; &amp;&amp; || | &lt; &gt; &gt;&gt; 2&gt; 2&gt;&amp;1</c> outside quotes are operators.
/// </summary>
internal static class BatchLexer
{
    /// <summary>Null when the line has a variable (<c>%name%</c>) in it.</summary>
    public static IReadOnlyList<BatchSegment>? Read(string line)
    {
        List<BatchSegment> segments = [];
        StringBuilder text = new();
        bool quoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            char c = line[at];
            quoted ^= c == '"';
            if (c == '%')
            {
                if (at + 1 == line.Length || line[at + 1] != '%')
                {
                    return null;
                }

                text.Append(line[++at]);
            }
            else if (!quoted && c == '^' && at + 1 < line.Length)
            {
                text.Append(line[++at]);
            }
            else if (!quoted && c is '&' or '|' or '<' or '>')
            {
                string sign = Operator(line, ref at, text);
                segments.Add(new BatchSegment(text.ToString(), sign));
                text.Clear();
            }
            else
            {
                text.Append(c);
            }
        }

        segments.Add(new BatchSegment(text.ToString(), ""));
        return segments;
    }

    /// <summary>Leaves <paramref name="at"/> at the operator's last character, and takes a stream's digit out of the text before it.</summary>
    private static string Operator(string line, ref int at, StringBuilder before)
    {
        char c = line[at];
        bool doubled = c != '<' && at + 1 < line.Length && line[at + 1] == c;
        at += doubled ? 1 : 0;
        string sign = doubled ? new string(c, 2) : c.ToString();
        if (c != '>')
        {
            return sign;
        }

        int last = before.Length - 1;
        if (last >= 0 && before[last] is '1' or '2' && (last == 0 || before[last - 1] == ' '))
        {
            sign = before[last] + sign;
            before.Length--;
        }

        if (!doubled && at + 2 < line.Length && line[at + 1] == '&' && line[at + 2] is '1' or '2')
        {
            sign = (sign.Length == 1 ? "1" : "") + sign + line.Substring(at + 1, 2);
            at += 2;
        }

        return sign;
    }
}
