using System.Globalization;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Demo;

/// <summary>One row a phase: seconds, and units by outcome.</summary>
internal static class Table
{
    private static readonly (string Outcome, string Heading)[] Columns =
    [
        ("compiledOnAgent", "on agents"), ("compiledLocally", "here"), ("agentHit", "agent hits"), ("localHit", "local hits"), ("upToDate", "up to date"), ("notCacheable", "uncached"),
    ];

    public static void PrintHeadings() => Print("phase", "seconds", Columns.Select(column => column.Heading));

    public static void PrintRow(string phase, TimeSpan elapsed, BuildReport report) =>
        Print(phase, elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture), Columns.Select(column => $"{report.Totals.GetValueOrDefault(column.Outcome)}"));

    private static void Print(string phase, string seconds, IEnumerable<string> cells) =>
        Console.WriteLine($"{phase,-32}{seconds,9}{string.Concat(cells.Select(cell => $"{cell,12}"))}");
}
