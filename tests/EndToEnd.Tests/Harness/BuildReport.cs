using System.Text.Json;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>The JSON report of one build: one line per project.</summary>
/// <param name="Printed">What the build printed, for messages of failed tests.</param>
internal sealed record BuildReport(IReadOnlyList<ReportedUnit> Units, string Printed)
{
    /// <summary>Units by outcome; an outcome that did not occur is not there.</summary>
    public IReadOnlyDictionary<string, int> Totals { get; } =
        Units.GroupBy(unit => unit.Outcome).ToDictionary(group => group.Key, group => group.Count());

    public static BuildReport Read(string path, string printed)
    {
        if (!File.Exists(path))
        {
            return new BuildReport([], printed);
        }

        List<ReportedUnit> units = [];
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement project = document.RootElement;
            Assert.AreEqual(1, project.GetProperty("schema").GetInt32());
            ReportedUnit[] own = [.. project.GetProperty("units").EnumerateArray().Select(unit => ReportedUnit.Read(Name(project), unit))];
            CheckTotals(project.GetProperty("totals"), own);
            units.AddRange(own);
        }

        return new BuildReport(units, printed);
    }

    /// <summary>Fails unless exactly these outcomes occurred, each as often as said.</summary>
    public void MustBe(params (string Outcome, int Count)[] expected) =>
        Assert.AreEqual(Describe(expected), Describe(Totals.Select(total => (total.Key, total.Value))), Explain(expected));

    // The units nobody expected tell more than all of them.
    private string Explain((string Outcome, int Count)[] expected) =>
        string.Join('\n', Units.Where(unit => expected.All(one => one.Outcome != unit.Outcome)).Take(5).Select(unit => unit.ToString()).Append(Printed));

    private static string Name(JsonElement project) => Path.GetFileNameWithoutExtension(project.GetProperty("project").GetString()!);

    /// <summary>Every counter says what the units say, in every report that any test reads.</summary>
    private static void CheckTotals(JsonElement totals, ReportedUnit[] units)
    {
        foreach (JsonProperty total in totals.EnumerateObject())
        {
            Assert.AreEqual(units.Count(unit => unit.Outcome == total.Name), total.Value.GetInt32(), $"total of {total.Name}");
        }

        foreach (string outcome in units.Select(unit => unit.Outcome).Distinct())
        {
            Assert.IsTrue(totals.TryGetProperty(outcome, out _), $"{outcome} is not in the totals");
        }
    }

    private static string Describe(IEnumerable<(string Outcome, int Count)> totals) =>
        string.Join(", ", totals.OrderBy(total => total.Outcome, StringComparer.Ordinal).Select(total => $"{total.Outcome} {total.Count}"));
}

/// <summary>One unit of a report.</summary>
internal sealed record ReportedUnit(string Project, string Source, string Object, string Outcome, string? Keyed, string? Agent, string? Reason)
{
    public static ReportedUnit Read(string project, JsonElement unit)
    {
        Assert.IsGreaterThanOrEqualTo(0, unit.GetProperty("milliseconds").GetDouble());
        return new ReportedUnit(
            project,
            unit.GetProperty("source").GetString()!,
            unit.GetProperty("object").GetString()!,
            unit.GetProperty("outcome").GetString()!,
            unit.GetProperty("keyed").GetString(),
            unit.GetProperty("agent").GetString(),
            unit.GetProperty("reason").GetString());
    }
}
