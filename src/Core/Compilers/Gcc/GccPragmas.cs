namespace DistBuild.Core.Compilers.Gcc;

/// <summary>Pragmas that gcc's preprocessor alone treats otherwise than its compiler.</summary>
internal static class GccPragmas
{
    /// <summary>
    /// Whether the text outside system headers sets targets or optimization. These define macros, but only for the compiler: a condition that asks
    /// for them chooses another branch when a text is made, and the key would not see the code that is compiled.
    /// </summary>
    public static bool DefineMacros(ReadOnlySpan<byte> text)
    {
        TextRegions regions = new(text);
        while (regions.MoveNext())
        {
            if (!regions.IsSystem && HasOptionPragma(regions.Current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a <c>_Pragma</c> of an unexpanded text speaks to the preprocessor, which <c>-fdirectives-only</c> does not let it hear.</summary>
    public static bool SpeakToPreprocessor(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf("_Pragma"u8); at >= 0; at = text.IndexOf("_Pragma"u8))
        {
            text = text.Slice(at + 7);
            ReadOnlySpan<byte> operand = AfterBlanks(text);
            operand = operand.StartsWith("("u8) ? AfterBlanks(operand.Slice(1)) : default;
            operand = operand.StartsWith("\""u8) ? AfterBlanks(operand.Slice(1)) : default;
            operand = operand.StartsWith("GCC"u8) ? AfterBlanks(operand.Slice(3)) : operand;
            if (operand.StartsWith("once"u8) || operand.StartsWith("push_macro"u8) || operand.StartsWith("pop_macro"u8)
                || operand.StartsWith("poison"u8) || operand.StartsWith("system_header"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOptionPragma(ReadOnlySpan<byte> region)
    {
        for (int at = region.IndexOf("GCC"u8); at >= 0; at = region.IndexOf("GCC"u8))
        {
            region = region.Slice(at + 3);
            ReadOnlySpan<byte> word = AfterBlanks(region);
            if (word.Length < region.Length && (word.StartsWith("target"u8) || word.StartsWith("optimize"u8)))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> AfterBlanks(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && text[0] is (byte)' ' or (byte)'\t')
        {
            text = text.Slice(1);
        }

        return text;
    }
}
