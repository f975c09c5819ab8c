using System.Text.Json;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Units.Reports;

/// <summary>Writes reports as JSON lines: one object per project, appended whole, so that many projects and build nodes can share one path.</summary>
public static class ReportFile
{
    /// <summary>Writing a report takes milliseconds; another build node that holds the file longer than this is not coming back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">The file cannot be written, or another process holds it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static async Task AppendAsync(string path, BuildReport report, CancellationToken cancellationToken)
    {
        byte[] line = Line(report);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.None);
                file.Write(line, 0, line.Length);
                return;
            }
            catch (IOException) when (File.Exists(path) && DateTime.UtcNow < deadline)
            {
                await Task.Delay(5, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    internal static byte[] Line(BuildReport report)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", BuildReport.Schema);
            json.WriteString("project", report.Project);
            json.WriteString("configuration", report.Configuration);
            json.WriteString("platform", report.Platform);
            json.WriteStartArray("units");
            foreach (UnitResult unit in report.Units)
            {
                WriteUnit(json, unit);
            }

            json.WriteEndArray();
            json.WriteStartObject("totals");
            foreach (UnitOutcome outcome in UnitOutcomes.All)
            {
                json.WriteNumber(UnitOutcomes.Name(outcome), report.Count(outcome));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void WriteUnit(Utf8JsonWriter json, UnitResult unit)
    {
        json.WriteStartObject();
        json.WriteString("source", unit.Unit.Source);
        json.WriteString("object", unit.Unit.Object);
        json.WriteString("outcome", UnitOutcomes.Name(unit.Outcome));
        json.WriteString("keyed", unit.Keyed switch { KeyMode.Direct => "direct", KeyMode.Preprocessed => "preprocessed", _ => null });
        json.WriteString("agent", unit.Agent);
        json.WriteString("reason", unit.Reason);
        json.WriteNumber("milliseconds", Math.Round(unit.Elapsed.TotalMilliseconds, 1));
        WriteExplanation(json, unit);
        json.WriteEndObject();
    }

    // Only what there is: most units of most builds have nothing to explain.
    private static void WriteExplanation(Utf8JsonWriter json, UnitResult unit)
    {
        if (unit.OutOfDate is not null)
        {
            json.WriteString("outOfDate", unit.OutOfDate);
        }

        if (unit.Key is { } key)
        {
            json.WriteString("key", key.ToString());
        }

        if (unit.Verified is { } verified)
        {
            json.WriteBoolean("verified", verified);
        }

        if (unit.Changes is null)
        {
            return;
        }

        json.WriteString("comparedWith", unit.Changes.Since);
        json.WriteStartArray("changes");
        foreach (KeyDifference change in unit.Changes.Differences)
        {
            json.WriteStartObject();
            json.WriteString("part", CamelCase(change.Part.ToString()));
            json.WriteString("change", CamelCase(change.Change.ToString()));
            json.WriteString("name", change.Name);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
