namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Single warnings, off or made errors.</summary>
internal static class WarningArguments
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    /// <summary>Each argument once: several numbers may share a name.</summary>
    public static IEnumerable<string> For(CompileSettings settings, SourceLanguages language, bool clang) => All(settings, language, clang).Distinct();

    private static IEnumerable<string> All(CompileSettings settings, SourceLanguages language, bool clang)
    {
        foreach (string warning in Words(settings.DisabledWarnings))
        {
            // A warning that neither compiler has is already off.
            foreach (string name in Names(warning, language, clang) ?? [])
            {
                yield return "-Wno-" + name;
            }
        }

        foreach (string warning in Words(settings.ErrorWarnings))
        {
            if (Names(warning, language, clang) is not { } names)
            {
                settings.Note($"Warning {warning} cannot be made an error: gcc and clang have no such warning.");
                continue;
            }

            foreach (string name in names)
            {
                yield return "-Werror=" + name;
            }
        }
    }

    private static IEnumerable<string> Words(IEnumerable<string> items) =>
        items.SelectMany(item => item.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The warnings' names; empty for another language's; null for a number without a counterpart.</summary>
    private static IReadOnlyList<string>? Names(string warning, SourceLanguages language, bool clang)
    {
        string digits = warning.TrimStart('C', 'c');
        if (!digits.All(char.IsDigit))
        {
            string name = warning.StartsWith("-W", StringComparison.Ordinal) ? warning.Substring(2) : warning;
            return [name.StartsWith("no-", StringComparison.Ordinal) ? name.Substring(3) : name];
        }

        WarningCode? code = WarningCode.Table.FirstOrDefault(row => row.Numbers.Contains(digits));
        return code is null ? null : (code.Languages & language) == 0 ? [] : clang ? code.Clang : code.Gcc;
    }
}
