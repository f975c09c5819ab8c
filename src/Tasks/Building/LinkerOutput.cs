using System.Globalization;
using System.Text.RegularExpressions;

namespace DistBuild.Tasks.Building;

/// <summary>One complaint of a linker. Line counts from 1; 0 is unknown.</summary>
/// <param name="MissingLibrary">The name after <c>-l</c> that the linker could not find, or null.</param>
internal sealed record LinkerMessage(bool IsError, string? File, int Line, string Text, string? MissingLibrary = null);

/// <summary>
/// Reads what GNU ld, gold and lld print in the C locale. A place is <c>file:line:</c>, <c>file:(section+0x1f):</c> or lld's next line,
/// <c>&gt;&gt;&gt; referenced by file:line (full path:line)</c>. A line that only leads in (<c>in function `main':</c>) names the function of those that follow.
/// </summary>
internal static class LinkerOutput
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly Regex Tool = new(@"^(?:\S*/)?(?:[\w.+-]*-)?(?:ld|ld\.bfd|ld\.gold|ld\.lld|collect2|lto1|lto-wrapper|gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-\d+)?: ?", Options);
    private static readonly Regex Place = new(@"^(?<file>[^:\s][^:]*):(?:(?<line>\d+)|\([^)]*\)): (?<text>.+)$", Options);
    private static readonly Regex ObjectWarning = new(@"^(?<file>[^:\s][^:]*): (?<text>warning: .+)$", Options);
    private static readonly Regex LeadIn = new(@"in function [`'](?<function>.+)':$", Options);
    private static readonly Regex Referenced = new(@"^>>> (?:referenced by|defined at) (?:\S+ \()?(?<file>[^:()]+):(?<line>\d+)\)?$", Options);
    private static readonly Regex Missing = new(@"(?:cannot find|unable to find library) -l(?<name>.+?)(?:: No such file or directory)?$", Options);

    // Said after the errors themselves, or about them.
    private static readonly string[] Afterwords = ["more undefined references", "error: ld returned", "error: linker command failed", "NOTE:", "final link failed"];

    public static IReadOnlyList<LinkerMessage> Parse(string printed)
    {
        List<LinkerMessage> messages = [];
        string function = "";
        foreach (string raw in printed.Split('\n').Select(line => line.TrimEnd('\r', ' ')).Where(line => line.Length > 0))
        {
            if (raw.StartsWith(">>>", StringComparison.Ordinal))
            {
                Locate(messages, Referenced.Match(raw));
                continue;
            }

            string line = Tool.Replace(raw, "");
            Match leadIn = LeadIn.Match(line);
            if (leadIn.Success)
            {
                function = leadIn.Groups["function"].Value;
            }
            else if (Read(line, bySomeTool: line != raw, function) is { } message && !messages.Contains(message))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    /// <summary>lld says the place after the complaint.</summary>
    private static void Locate(List<LinkerMessage> messages, Match referenced)
    {
        if (referenced.Success && messages.Count > 0 && messages[messages.Count - 1] is { File: null } last)
        {
            messages[messages.Count - 1] = last with { File = referenced.Groups["file"].Value, Line = Number(referenced) };
        }
    }

    private static LinkerMessage? Read(string line, bool bySomeTool, string function)
    {
        Match place = Place.Match(line);
        place = place.Success ? place : ObjectWarning.Match(line);
        string text = place.Success ? place.Groups["text"].Value : line;
        bool isWarning = text.StartsWith("warning: ", StringComparison.Ordinal);
        bool isError = !isWarning && (bySomeTool || place.Success || text.StartsWith("error: ", StringComparison.Ordinal));
        if ((!isWarning && !isError) || Afterwords.Any(word => text.StartsWith(word, StringComparison.Ordinal)))
        {
            return null;
        }

        text = text.Substring(isWarning ? "warning: ".Length : text.StartsWith("error: ", StringComparison.Ordinal) ? "error: ".Length : 0);
        if (text.StartsWith("undefined reference", StringComparison.Ordinal) && function.Length > 0)
        {
            text += $" in function {function}";
        }

        string file = place.Groups["file"].Value;
        Match missing = Missing.Match(line);
        // What was compiled during the link has no file.
        return new LinkerMessage(isError, file is "" or "<artificial>" ? null : file, Number(place), text, missing.Success ? missing.Groups["name"].Value : null);
    }

    private static int Number(Match match) =>
        int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
