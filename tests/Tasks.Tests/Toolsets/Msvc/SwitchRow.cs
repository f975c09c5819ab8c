namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

/// <summary>A row of <c>tests/Fixtures/cl/switches.tsv</c>: what Visual Studio 2022's cl task writes for one value, seen in its rule and in recorded lines.</summary>
/// <param name="Order">The place on the line.</param>
/// <param name="Type"><c>bool</c>, <c>enum</c>, <c>string</c> or <c>list</c>, and what else follows the switch.</param>
public sealed record SwitchRow(int Order, string Metadata, string Type, string Value, string Switch)
{
    public static IReadOnlyList<SwitchRow> All { get; } = [.. File.ReadLines(Repository.PathOf("tests/Fixtures/cl/switches.tsv")).Skip(1).Select(Read)];

    /// <summary>Metadata that make the row apply, beside its own.</summary>
    public IEnumerable<(string Name, string Value)> Companions => Metadata switch
    {
        "SupportJustMyCode" => [("DebugInformationFormat", "ProgramDatabase")],
        "PrecompiledHeaderOutputFile" => [("PrecompiledHeader", "Use")],
        "AssemblerListingLocation" => [("AssemblerOutput", "All")],
        "ModuleOutputFile" => [("ScanSourceForModuleDependencies", "true")],
        _ => [],
    };

    /// <summary>The value to set, with examples for the texts and lists that the row only names.</summary>
    public string Example => Value switch
    {
        "<item>" => "one;two words",
        "<text>" => "a text",
        _ => Value,
    };

    /// <summary>What the line must have for <see cref="Example"/>.</summary>
    public string Expected => Switch switch
    {
        "(none)" => "",
        _ when Type == "list" => $"{Switch.Replace("<item>", "one")} {Switch.Replace("<item>", "\"two words\"")}",
        "<text verbatim>" => "a text",
        _ => Switch.Replace("<text>", "a text").Replace("<ProcessorNumber>", ""),
    };

    /// <summary>The metadata that the switch takes its text from, or empty.</summary>
    public string Argument => Type.Contains('+') && Switch.IndexOf('<') is >= 0 and int from && Switch.IndexOf('>') is int to ? Switch[(from + 1)..to] : "";

    public override string ToString() => $"{Metadata}={Value}";

    private static SwitchRow Read(string line)
    {
        string[] fields = line.Split('\t');
        return new SwitchRow(int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture), fields[1], fields[2], fields[3], fields[4]);
    }
}
