using System.Text;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Directives by which cl.exe reads more than it reports: <c>#import</c> (a type library, which it also writes headers from), <c>#using</c> (metadata), and
/// <c>#pragma include_alias</c>, after which a name means another header.
/// </summary>
internal static class TypeImports
{
    private static readonly byte[] Using = Encoding.ASCII.GetBytes("using"), Import = Encoding.ASCII.GetBytes("import"), Alias = Encoding.ASCII.GetBytes("include_alias");

    /// <summary>What a text has of them, as a phrase; null when it has none.</summary>
    public static string? Find(ReadOnlySpan<byte> text) =>
        HasDirective(text, Import) ? "#import reads a type library and writes headers"
        : HasDirective(text, Using) ? "#using reads metadata"
        : SourceText.HasWhole(text, Alias) ? "include_alias gives headers other names"
        : null;

    /// <summary>As <see cref="Find"/>; a file that cannot be read may have anything.</summary>
    public static string? FindIn(string path)
    {
        try
        {
            return Find(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "a file it reads cannot be read again";
        }
    }

    private static bool HasDirective(ReadOnlySpan<byte> text, byte[] word)
    {
        for (int at = SourceText.Find(text, word, 0); at >= 0; at = SourceText.Find(text, word, at + word.Length))
        {
            if (SourceText.IsWhole(text, at, word.Length) && IsDirective(text.Slice(0, at)))
            {
                return true;
            }
        }

        return false;
    }

    // A line that a backslash continues is one with the next.
    private static bool IsDirective(ReadOnlySpan<byte> before)
    {
        int start = before.Length;
        do
        {
            start = before.Slice(0, start).LastIndexOf((byte)'\n');
        }
        while (start > 0 && (before[start - 1] == '\\' || (start > 1 && before[start - 1] == '\r' && before[start - 2] == '\\')));

        ReadOnlySpan<byte> line = before.Slice(start + 1);
        int comment = line.LastIndexOf("*/"u8);
        return IsMark(line) || (comment >= 0 && IsMark(line.Slice(comment + 2)));
    }

    // Nothing but the number sign, however it is written.
    private static bool IsMark(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mark = text.Slice(SourceText.SkipBlanks(text, 0));
        int length = mark.StartsWith("#"u8) ? 1 : mark.StartsWith("%:"u8) ? 2 : mark.StartsWith("??="u8) ? 3 : 0;
        return length > 0 && SourceText.SkipBlanks(mark, length) == mark.Length;
    }
}
