using System.Globalization;
using System.Text.RegularExpressions;
using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Diagnostics as cl.exe and clang-cl print them: <c>file(line,column): severity code: message [-Wflag]</c>, with a blank before the first colon in older versions, the
/// column optional and the code cl's alone; and what either driver says under its own name.
/// </summary>
internal static class ClDiagnostics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Regex Located = new(
        @"^(?<file>[^\s(][^(]*(?:\([^0-9)][^(]*)*)\((?<line>[0-9]{1,9})(?:,(?<column>[0-9]{1,9}))?\) ?: "
        + @"(?<severity>fatal error|error|warning|note|remark)(?: (?<code>[A-Z]{1,3}[0-9]{4}))? ?: (?<message>.*?)(?: \[(?:-Werror,)?(?<flag>-W[^\]\s]+)\])?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    private static readonly Regex Driver = new(
        @"^(?<file>cl|LINK|c1xx|c1|c2) ?: (?:Command line )?(?<severity>fatal error|error|warning) (?<code>[A-Z]{1,3}[0-9]{4}) ?: (?<message>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    public static IReadOnlyList<CompilerDiagnostic> Read(string printed)
    {
        List<CompilerDiagnostic> diagnostics = [];
        foreach (string line in printed.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] is not (' ' or '\t')))
        {
            Match match = Located.Match(line);
            match = match.Success ? match : Driver.Match(line);
            if (match.Success)
            {
                string code = match.Groups["code"].Value;
                diagnostics.Add(new CompilerDiagnostic(
                    Severity(match.Groups["severity"].Value),
                    match.Groups["file"].Value,
                    Number(match.Groups["line"].Value),
                    Number(match.Groups["column"].Value),
                    code.Length > 0 ? code : match.Groups["flag"].Value,
                    match.Groups["message"].Value));
            }
            else
            {
                // clang's driver speaks as it does under its other names.
                diagnostics.AddRange(GccDiagnostics.Read(line));
            }
        }

        return diagnostics;
    }

    private static DiagnosticSeverity Severity(string word) => word switch
    {
        "note" or "remark" => DiagnosticSeverity.Note,
        "warning" => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
}
