using System.Text;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

/// <summary>The tables of docs/command-lines.md as the code has them.</summary>
internal static class CommandLinesDocument
{
    public static IReadOnlyList<(string Name, string Text)> Tables { get; } =
    [
        ("values", Table("| Metadata | Value | gcc and clang | Remark |", MetadataTable.Rows.Select(ValueRow))),
        ("lists", Table("| Metadata | gcc and clang |", MetadataLists.Rows.Select(row => $"| {row.Metadata} | {row.Becomes} |"))),
        ("macros", Table("| Macro | Becomes |",
            [.. Definitions.WindowsOnly.Select(name => $"| `{name}` | left out |"), .. Definitions.Declspec.Select(DeclspecRow)])),
        ("warnings", Table("| MSVC | gcc and clang | For |", WarningCode.Table.Select(WarningRow))),
        ("options", Table("| Option of cl | Understood as |", [.. MetadataOptions, .. OtherOptions])),
    ];

    private static IEnumerable<string> MetadataOptions => ClOptionTable.Rows.Where(row => row.Meaning == ClMeaning.Metadata)
        .GroupBy(row => row.Target)
        .Select(rows => $"| {string.Join(" ", rows.Select(Switch))} | {rows.Key}: {string.Join(", ", rows.Select(row => row.Value).Distinct())} |");

    private static IEnumerable<string> OtherOptions => ClOptionTable.Rows.Where(row => row.Meaning != ClMeaning.Metadata)
        .GroupBy(Meaning)
        .Select(rows => $"| {string.Join(" ", rows.Select(Switch))} | {rows.Key} |");

    private static string Meaning(ClOption option) => option.Meaning switch
    {
        ClMeaning.List => $"an item of {option.Target}",
        ClMeaning.Arguments => (option.IsPrefix ? option.Target : Code(option.Arguments)) + For(option.Languages),
        ClMeaning.Nothing => $"nothing: {option.Target}",
        ClMeaning.Noted => $"left out with a note: {option.Target}",
        _ => $"not built: {option.Target}",
    };

    private static string ValueRow(MetadataRow row) =>
        $"| {row.Metadata} | {Value(row)} | {Becomes(row)}{For(row.Languages)} | {Remark(row)} |";

    private static string Value(MetadataRow row) =>
        row.Value != MetadataRow.Any ? row.Value : MetadataTable.Rows.Count(other => other.Metadata == row.Metadata) > 1 ? "any other" : "any";

    private static string Becomes(MetadataRow row) => row.Treatment switch
    {
        Treatment.Nothing => "nothing",
        Treatment.Noted => "left out, with a note",
        Treatment.Refused => "not built",
        _ when row.Gcc.SequenceEqual(row.Clang) => Code(row.Gcc),
        _ => $"gcc {Code(row.Gcc)}, clang {Code(row.Clang)}",
    };

    private static string Remark(MetadataRow row)
    {
        IEnumerable<string> remarks =
        [
            row.Why == "default" ? "" : row.Why.Replace("<source>", "…", StringComparison.Ordinal),
            row.Told ? "a note says so" : "",
            row.OnlyX86 ? "on x86" : "",
            row.Beside is { } beside ? $"beside {beside.Metadata} {string.Join(" or ", beside.Values)}" : "",
        ];
        return string.Join("; ", remarks.Where(remark => remark.Length > 0));
    }

    private static string DeclspecRow(string definition)
    {
        int equals = definition.IndexOf('=', StringComparison.Ordinal);
        return $"| `{definition[..equals]}` | `{definition[(equals + 1)..]}` |".Replace(" `` ", " nothing ", StringComparison.Ordinal);
    }

    private static string WarningRow(WarningCode code)
    {
        string names = code.Gcc.SequenceEqual(code.Clang)
            ? Code(code.Gcc)
            : $"gcc {(code.Gcc.Count == 0 ? "none" : Code(code.Gcc))}, clang {Code(code.Clang)}";
        return $"| {string.Join(", ", code.Numbers)} | {names} | {(code.Languages == SourceLanguages.Both ? "C and C++" : For(code.Languages).Trim(' ', '(', ')'))} |";
    }

    private static string Switch(ClOption option) => $"`/{option.Switch.Replace("*", "…", StringComparison.Ordinal)}`";

    private static string For(SourceLanguages languages) => languages switch
    {
        SourceLanguages.C => " (C)",
        SourceLanguages.Cxx => " (C++)",
        _ => "",
    };

    private static string Code(IEnumerable<string> words) => string.Join(" ", words.Select(word => $"`{word}`"));

    private static string Table(string head, IEnumerable<string> rows)
    {
        StringBuilder text = new StringBuilder(head).Append('\n').Append('|').Insert(head.Length + 2, " --- |", head.Count(c => c == '|') - 1);
        foreach (string row in rows)
        {
            text.Append('\n').Append(row);
        }

        return text.ToString();
    }
}
