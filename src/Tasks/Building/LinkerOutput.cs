using System.Text.RegularExpressions;

namespace DistBuild.Tasks.Building;

/// <summary>One complaint of a linker. Line counts from 1; 0 is unknown.</summary>
/// <param name="MissingLibrary">The name after <c>-l</c> that the linker could not find, or null.</param>
internal sealed record LinkerMessage(bool IsError, string? File, int Line, string Text, string? MissingLibrary = null);

/// <summary>
/// Reads what GNU ld, gold and lld print in the C locale. A place is <c>file:line:</c>, <c>file:(section+0x1f):</c> or lld's
/// <c>&gt;&gt;&gt; referenced by file:line</c>; lines that only lead in (<c>in function `main':</c>) are kept for the text of the next.
/// </summary>
internal static class LinkerOutput
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly Regex Tool = new(@"^(?:\S*/)?(?:[\w.+-]*-)?(?:ld|ld\.bfd|ld\.gold|ld\.lld(?:-\d+)?|collect2|lto1|lto-wrapper|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?)(?:-\d+)?: ", Options);
    private static readonly Regex Place = new(@"^(?<file>[^:\s][^:]*):(?:(?<line>\d+)|\([^)]*\)): (?<text>.+)$", Options);
    private static readonly Regex LeadIn = new(@"in function [`'](?<function>.+)':$", Options);
    private static readonly Regex Referenced = new(@"^>>> (?:referenced|defined) (?:by|at) (?<file>[^:\s]+):(?<line>\d+)", Options);
    private static readonly Regex Missing = new(@"(?:cannot find|unable to find library) -l(?<name>[^\s:]+)", Options);

    public static IReadOnlyList<LinkerMessage> Parse(string printed)
    {
        List<LinkerMessage> messages = [];
        string function = "";
        foreach (string raw in printed.Split('\n').Select(line => line.TrimEnd('\r', ' ')).Where(line => line.Length > 0))
        {
            Match referenced = Referenced.Match(raw);
            if (referenced.Success && messages.Count > 0 && messages[messages.Count - 1] is { File: null } last)
            {
                messages[messages.Count - 1] = last with { File = referenced.Groups["file"].Value, Line = int.Parse(referenced.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) };
                continue;
            }

            string line = Tool.Replace(raw, "");
            if (raw.StartsWith(">>>", StringComparison.Ordinal))
            {
                continue;
            }

            Match leadIn = LeadIn.Match(line);
            if (leadIn.Success)
            {
                function = leadIn.Groups["function"].Value;
                continue;
            }

            if (Read(line, isTool: line != raw, function) is { } message && !messages.Contains(message))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private static LinkerMessage? Read(string line, bool isTool, string function)
    {
        Match missing = Missing.Match(line);
        Match place = Place.Match(line);
        string text = place.Success ? place.Groups["text"].Value : line;
        if (text.StartsWith("more undefined references", StringComparison.Ordinal) || text.StartsWith("error: ld returned", StringComparison.Ordinal)
            || text.StartsWith("error: linker command failed", StringComparison.Ordinal) || text.StartsWith("NOTE:", StringComparison.Ordinal))
        {
            return null;
        }

        // "warning: " may follow the place or the tool's name; "error: " is lld's.
        bool isWarning = text.StartsWith("warning: ", StringComparison.Ordinal);
        bool isError = !isWarning && (isTool || place.Success || text.StartsWith("error: ", StringComparison.Ordinal));
        if (!isWarning && !isError)
        {
            return null;
        }

        text = isWarning ? text.Substring("warning: ".Length) : text.StartsWith("error: ", StringComparison.Ordinal) ? text.Substring("error: ".Length) : text;
        if (text.StartsWith("undefined reference", StringComparison.Ordinal) && function.Length > 0)
        {
            text += $" in function {function}";
        }

        _ = int.TryParse(place.Groups["line"].Value, out int number);
        return new LinkerMessage(isError, place.Success ? place.Groups["file"].Value : null, number, text, missing.Success ? missing.Groups["name"].Value : null);
    }
}
