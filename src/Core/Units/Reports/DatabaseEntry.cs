using System.Text.Json;

namespace DistBuild.Core.Units.Reports;

/// <summary>An entry of a compilation database as it stands in the file, whoever wrote it.</summary>
/// <param name="File">Full path of the source.</param>
/// <param name="Output">Full path of the object, or empty: the field is optional.</param>
/// <param name="Json">The entry's own text.</param>
internal readonly record struct DatabaseEntry(string File, string Output, string Json)
{
    /// <summary>Entries stand in an order that does not depend on who was built first.</summary>
    public string Order => OrderOf(File, Output);

    public static string OrderOf(string file, string output) => $"{file}\0{output}";

    /// <exception cref="InvalidOperationException">It is no entry.</exception>
    /// <exception cref="KeyNotFoundException">It lacks a field every entry has.</exception>
    public static DatabaseEntry Read(JsonElement entry)
    {
        string directory = entry.GetProperty("directory").GetString() ?? "";
        string output = entry.TryGetProperty("output", out JsonElement given) ? given.GetString() ?? "" : "";
        return new DatabaseEntry(
            Path.GetFullPath(Path.Combine(directory, entry.GetProperty("file").GetString() ?? "")),
            output.Length == 0 ? "" : Path.GetFullPath(Path.Combine(directory, output)),
            entry.GetRawText());
    }
}
