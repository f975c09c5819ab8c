using System.Globalization;
using System.Text.RegularExpressions;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Diagnostics as gcc, clang and the GNU assembler print them: <c>file:line:column: severity: message [-Wflag]</c>, line and column each optional,
/// the program's name in place of a file for what the driver says. Source excerpts, <c>In file included from</c> and the like are not diagnostics.
/// </summary>
internal static class GccDiagnostics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Regex Line = new(
        @"^(?:(?<file>(?:[A-Za-z]:(?=[\\/]))?[^\s:][^:]*?)(?::(?<line>[0-9]{1,9}))?(?::(?<column>[0-9]{1,9}))?: )?"
        + @"(?<severity>fatal error|internal compiler error|sorry, unimplemented|[Ee]rror|[Ww]arning|note|remark|Fatal error): "
        + @"(?<message>.*?)(?: \[(?:-Werror=(?<name>[^\]\s]+)|(?:-Werror,)?(?<code>-W[^\]\s]+))\])?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    private static readonly Regex WarningsAreErrors = new(
        @"^(?<file>[^\s:]+): (?<message>(?:all|some) warnings being treated as errors)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    private static readonly Regex Colors = new("\u001b\\[[0-9;]*[mK]|\u001b\\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\\\)", RegexOptions.CultureInvariant, Patience);

    public static IReadOnlyList<CompilerDiagnostic> Read(string printed)
    {
        List<CompilerDiagnostic> diagnostics = [];
        foreach (string printedLine in printed.Split('\n'))
        {
            string line = printedLine.TrimEnd('\r');
            line = line.Contains('\u001b') ? Colors.Replace(line, "") : line;
            if (line.Length == 0 || line[0] is ' ' or '\t')
            {
                continue;
            }

            Match match = Line.Match(line);
            if (match.Success)
            {
                string code = match.Groups["name"].Success ? "-W" + match.Groups["name"].Value : match.Groups["code"].Value;
                diagnostics.Add(new CompilerDiagnostic(
                    Severity(match.Groups["severity"].Value),
                    match.Groups["file"].Value,
                    Number(match.Groups["line"].Value),
                    Number(match.Groups["column"].Value),
                    code,
                    match.Groups["message"].Value));
            }
            else if (WarningsAreErrors.Match(line) is { Success: true } all)
            {
                diagnostics.Add(new CompilerDiagnostic(DiagnosticSeverity.Error, all.Groups["file"].Value, 0, 0, "", all.Groups["message"].Value));
            }
        }

        return diagnostics;
    }

    private static DiagnosticSeverity Severity(string word) => word switch
    {
        "note" or "remark" => DiagnosticSeverity.Note,
        "warning" or "Warning" => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
}
