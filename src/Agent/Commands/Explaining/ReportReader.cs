using System.Text.Json;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Agent.Commands.Explaining;

/// <summary>Reads what <see cref="ReportFile"/> wrote: one JSON object a line, one line for each project of each build.</summary>
internal static class ReportReader
{
    /// <summary>The units of the last build of each project, configuration and platform in the file, in the order of the file.</summary>
    /// <exception cref="CommandException">The file is missing, damaged, of a later version, or no report.</exception>
    public static IReadOnlyList<ExplainedUnit> Read(string path)
    {
        Dictionary<(string Project, string Configuration, string Platform), List<ExplainedUnit>> builds = [];
        int number = 0;
        foreach (string line in ReadLines(path).Where(line => line.Length > 0))
        {
            number++;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement build = document.RootElement;
                CheckSchema(path, build);
                (string, string, string) name = (Text(build, "project")!, Text(build, "configuration")!, Text(build, "platform")!);
                builds[name] = [.. build.GetProperty("units").EnumerateArray().Select(unit => ReadUnit(name, unit))];
            }
            catch (JsonException e)
            {
                throw new CommandException(number == 1
                    ? $"{path} is not a DistBuild report: it is not JSON. Give a report (DistBuildReport), a project or a folder."
                    : $"{path} is damaged: line {number} is not whole JSON ({e.Message}) Build again with another DistBuildReport.");
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new CommandException($"{path} is not a DistBuild report: line {number} does not have its fields. Give a report (DistBuildReport), a project or a folder.");
            }
        }

        return number > 0 ? [.. builds.Values.SelectMany(units => units)] : throw new CommandException($"{path} is empty: no build has written its report to it.");
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(e is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no {path}. Build with DistBuildReport set to it, or name a project or a folder."
                : $"{path} cannot be read: {e.Message}");
        }
    }

    private static void CheckSchema(string path, JsonElement build)
    {
        if (build.GetProperty("schema").GetInt32() is int schema and not BuildReport.Schema)
        {
            throw new CommandException($"{path} is a report of version {schema}, and this distbuild reads version {BuildReport.Schema}. Use the distbuild of the same version as the package.");
        }
    }

    private static ExplainedUnit ReadUnit((string Project, string Configuration, string Platform) build, JsonElement unit) => new(
        build.Project,
        build.Configuration,
        build.Platform,
        Text(unit, "source")!,
        Text(unit, "object")!,
        Text(unit, "outcome")!,
        Text(unit, "keyed"),
        Text(unit, "agent"),
        Text(unit, "reason"),
        Optional(unit, "outOfDate"),
        Optional(unit, "key"),
        null,
        unit.TryGetProperty("changes", out JsonElement changes)
            ? new KeyChanges(unit.GetProperty("comparedWith").GetDateTimeOffset(), [.. changes.EnumerateArray().Select(ReadChange)])
            : null);

    private static KeyDifference ReadChange(JsonElement change) => new(
        Enum.TryParse(Text(change, "part"), ignoreCase: true, out KeyPart part) ? part : KeyPart.Environment,
        Enum.TryParse(Text(change, "change"), ignoreCase: true, out KeyChange kind) ? kind : KeyChange.Changed,
        Text(change, "name") ?? "",
        Text(change, "before"),
        Text(change, "after"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
