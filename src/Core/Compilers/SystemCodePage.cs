using System.Text;

namespace DistBuild.Core.Compilers;

/// <summary>The ANSI code page of the system: what programs of Windows read and write where nothing says otherwise. Elsewhere that of Western Europe stands for it.</summary>
internal static class SystemCodePage
{
    private const int Western = 1252;

    // What code page 1252 has at 0x80 to 0x9F; the five unassigned places are control characters.
    private const string WesternMiddle = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly Encoding? OfSystem = Find();

    public static int Number => OfSystem?.CodePage ?? Western;

    public static string Decode(byte[] text) => OfSystem is { } encoding && encoding.CodePage != Western
        ? encoding.GetString(text)
        : new string([.. text.Select(b => b is >= 0x80 and <= 0x9F ? WesternMiddle[b - 0x80] : (char)b)]);

    private static Encoding? Find()
    {
        if (Path.DirectorySeparatorChar != '\\')
        {
            return null;
        }

#if NETSTANDARD2_0
        return Encoding.Default;
#else
        // Zero is the system's own.
        return CodePagesEncodingProvider.Instance.GetEncoding(0);
#endif
    }
}
