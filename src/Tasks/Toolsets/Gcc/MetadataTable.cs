namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>
/// Every metadata of Visual Studio's cl rule that is one value, and what becomes of each value; arguments are written in this order. The tables
/// of <c>docs/command-lines.md</c> are made from it. Metadata that is a list or a text is in <see cref="MetadataLists"/>.
/// </summary>
internal static partial class MetadataTable
{
    public static IReadOnlyList<MetadataRow> Rows { get; } = [.. Diagnostics, .. CodeGeneration, .. Language, .. Outputs];

    private static readonly ILookup<string, MetadataRow> ByName = Rows.ToLookup(row => row.Metadata, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names worth reading from an item: those of which some value has an effect.</summary>
    public static IReadOnlyList<string> Effective { get; } =
        [.. ByName.Where(rows => rows.Any(row => row.Treatment != Treatment.Nothing)).Select(rows => rows.Key)];

    /// <summary>The row for a value; null when the table does not know it. The row of the value itself goes before <see cref="MetadataRow.Any"/>.</summary>
    public static MetadataRow? Find(string metadata, string value) =>
        ByName[metadata].FirstOrDefault(row => row.Value != MetadataRow.Any && row.Matches(value))
        ?? ByName[metadata].FirstOrDefault(row => row.Matches(value));
}
