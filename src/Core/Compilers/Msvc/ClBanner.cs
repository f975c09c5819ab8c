using System.Text.RegularExpressions;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// What cl.exe says of itself before anything else, in the language it speaks: <c>Microsoft (R) C/C++ Optimizing Compiler Version 19.38.33130 for x64</c>,
/// <c>Microsoft (R) C/C++-Optimierungscompiler Version 19.38.33130 für x64</c>.
/// </summary>
/// <param name="Line">The whole line: it tells the language too.</param>
/// <param name="Number">Two to four numbers with dots between them.</param>
/// <param name="Target">The processor it compiles for.</param>
internal sealed record ClBanner(string Line, string Number, string Target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Regex Version = new(@"(?<![0-9.])[0-9]{2}\.[0-9]{2}(?:\.[0-9]{1,6}){0,2}(?![0-9.])", RegexOptions.CultureInvariant, Patience);

    private static readonly Regex Processor = new(@"(?<![A-Za-z0-9])(?:x64|x86|80x86|AMD64|ARM64EC|ARM64|ARM)(?![A-Za-z0-9])", RegexOptions.CultureInvariant, Patience);

    /// <summary>Null for what is none of Microsoft's compilers.</summary>
    /// <param name="printed">All that the program printed.</param>
    public static ClBanner? Read(string printed)
    {
        foreach (string line in printed.Split('\n').Where(line => line.Contains("Microsoft") && line.Contains("C/C++")))
        {
            Match version = Version.Match(line), processor = Processor.Match(line);
            if (version.Success && processor.Success)
            {
                return new ClBanner(line.Trim(), version.Value, processor.Value);
            }
        }

        return null;
    }

    /// <summary>The number out of a banner's line.</summary>
    public static string NumberOf(string line) => Version.Match(line) is { Success: true } version ? version.Value : line;
}
