using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Strings anywhere in a text that would make an assembler read a file. gcc hands the names of sections to its assembler as they are, so an attribute can say
/// what an <c>asm</c> statement may not: <c>section(".a\n.inc" "bin \"x\"\n")</c>.
/// </summary>
internal static class AssemblerLiterals
{
    private static readonly string[] Forbidden = [".incbin", ".include"];

    /// <summary>Null, or a phrase that says what was found. Adjacent literals count as one, as they do to the compiler.</summary>
    public static string? Find(ReadOnlySpan<byte> text)
    {
        TokenReader reader = new(text);
        List<byte> joined = [];
        while (reader.Read())
        {
            if (reader.Kind == TokenKind.Literal)
            {
                reader.AppendLiteral(joined);
                continue;
            }

            if (IsForbidden(joined))
            {
                return "a string speaks to the assembler";
            }

            joined.Clear();
        }

        return IsForbidden(joined) ? "a string speaks to the assembler" : null;
    }

    private static bool IsForbidden(List<byte> joined)
    {
        // Most strings of a program are none.
        if (joined.Count < Forbidden[0].Length || !joined.Contains((byte)'.'))
        {
            return false;
        }

        string said = Encoding.ASCII.GetString([.. joined]).ToLowerInvariant();
        return Forbidden.Any(said.Contains);
    }
}
