using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Looks for assembler statements that make the assembler read a file, or whose text a lexer cannot see as a whole. String literals are joined
/// and unescaped as the compiler does, so <c>asm(".inc" "bin \"x\"")</c> is found.
/// </summary>
internal static class AssemblerStatements
{
    // .incbin and .include, also where an operand completes the word; macros and repetitions put directives together out of their arguments.
    private static readonly string[] Reading = [".incbin", ".include"], Composing = [".inc", ".macro", ".irp", ".altmacro"];

    /// <summary>What is said of a statement that plainly reads a file.</summary>
    public const string ReadsFile = "the assembler includes a file";

    /// <summary>What is said of a statement that shows its text only when macros are expanded.</summary>
    public const string ComesFromMacro = "an assembler statement is put together by a macro";

    /// <param name="expanded">Unexpanded text is searched outside system headers only: their statements come in macros, written with care.</param>
    public static string? Refuse(ReadOnlySpan<byte> text, bool expanded)
    {
        TextRegions regions = new(text);
        while (regions.MoveNext())
        {
            if ((expanded || !regions.IsSystem) && regions.Current.IndexOf("asm"u8) >= 0 && RefuseRegion(regions.Current) is string why)
            {
                return why;
            }
        }

        return null;
    }

    private static string? RefuseRegion(ReadOnlySpan<byte> region)
    {
        TokenReader reader = new(region);
        while (reader.Read())
        {
            if (reader.Kind == TokenKind.Word && IsAssembler(reader.Token))
            {
                if (RefuseStatement(ref reader) is string why)
                {
                    return why;
                }
            }
        }

        return null;
    }

    private static string? RefuseStatement(ref TokenReader reader)
    {
        do
        {
            if (!reader.Read())
            {
                return ComesFromMacro;
            }
        }
        while (reader.Kind == TokenKind.Word);

        if (reader.Kind != TokenKind.Other || reader.Token[0] != '(')
        {
            return ComesFromMacro;
        }

        List<byte> template = [];
        bool inTemplate = true;
        int depth = 1;
        while (depth > 0)
        {
            if (!reader.Read())
            {
                return ComesFromMacro;
            }

            if (reader.Kind == TokenKind.Literal && !HasNamedCharacter(reader.Token))
            {
                reader.AppendLiteral(template);
                continue;
            }

            byte c = reader.Kind == TokenKind.Other ? reader.Token[0] : (byte)0;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ':')
            {
                inTemplate = false;
                template.Add(0);
            }
            else if (inTemplate && depth > 0)
            {
                return ComesFromMacro;
            }
        }

        string assembler = Encoding.ASCII.GetString([.. template]).ToLowerInvariant();
        return Reading.Any(assembler.Contains) ? ReadsFile
            : Composing.Any(assembler.Contains) ? "the assembler may include a file"
            : null;
    }

    // \u0069, \N{...}, \x{69}: nobody writes assembler so.
    private static bool HasNamedCharacter(ReadOnlySpan<byte> literal) =>
        literal.IndexOf("\\u"u8) >= 0 || literal.IndexOf("\\U"u8) >= 0 || literal.IndexOf("\\N"u8) >= 0
        || literal.IndexOf("\\o"u8) >= 0 || literal.IndexOf("\\x{"u8) >= 0;

    private static bool IsAssembler(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("asm"u8) || word.SequenceEqual("__asm__"u8) || word.SequenceEqual("__asm"u8) || word.SequenceEqual("_asm"u8);
}
