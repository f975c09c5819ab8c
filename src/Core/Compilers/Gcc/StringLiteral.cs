namespace DistBuild.Core.Compilers.Gcc;

/// <summary>The value of string literals (C++20, 5.13.5), as far as bytes below 256 go.</summary>
internal static class StringLiteral
{
    /// <summary>The end of the raw string whose opening quote is at <paramref name="quote"/>.</summary>
    public static int EndOfRaw(ReadOnlySpan<byte> text, int quote)
    {
        int open = text.Slice(quote).IndexOf((byte)'(');
        if (open < 0)
        {
            return text.Length;
        }

        byte[] close = [(byte)')', .. text.Slice(quote + 1, open - 1).ToArray(), (byte)'"'];
        int end = text.Slice(quote).IndexOf(close);
        return end < 0 ? text.Length : quote + end + close.Length;
    }

    /// <param name="literal">From the opening quote on.</param>
    public static void Append(List<byte> bytes, ReadOnlySpan<byte> literal, bool raw)
    {
        if (raw)
        {
            bytes.AddRange(literal.ToArray());
            return;
        }

        for (int i = 1; i < literal.Length && literal[i] != '"'; i++)
        {
            if (literal[i] != '\\' || i + 1 == literal.Length)
            {
                bytes.Add(literal[i]);
            }
            else if (literal[i + 1] == '\n')
            {
                i++;
            }
            else
            {
                i = AppendEscape(bytes, literal, i + 1);
            }
        }
    }

    // Returns the escape's last position.
    private static int AppendEscape(List<byte> bytes, ReadOnlySpan<byte> literal, int at)
    {
        bool hexadecimal = literal[at] == 'x';
        int start = hexadecimal ? at + 1 : at;
        int end = start, value = 0;
        while (end < literal.Length && (hexadecimal || end < start + 3) && Digit(literal[end]) is int digit and >= 0 && digit < (hexadecimal ? 16 : 8))
        {
            value = ((value * (hexadecimal ? 16 : 8)) + digit) & 0xFF;
            end++;
        }

        if (end > start)
        {
            bytes.Add((byte)value);
            return end - 1;
        }

        // Which control character it is does not matter here; that it is none of the word's letters does.
        bytes.Add(literal[at] is (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)'?' ? literal[at] : (byte)'\n');
        return at;
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
