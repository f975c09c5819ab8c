using DistBuild.Tasks.Toolsets.Msvc;

namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

/// <summary>The table of the code against the table of what was observed.</summary>
[TestClass]
public sealed class ClRuleTests
{
    public static IEnumerable<object[]> Rows => SwitchRow.All.Where(row => row.Metadata != "(Sources)").Select(row => new object[] { row });

    public static IEnumerable<object[]> RowsWithArgument => SwitchRow.All.Where(row => row.Argument.Length > 0).Select(row => new object[] { row });

    [TestMethod]
    public void The_fixture_has_every_observed_row() => Assert.HasCount(248, SwitchRow.All);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_observed_value_is_written_as_it_was_observed(SwitchRow row)
    {
        (string, string)[] metadata = [.. row.Companions, (row.Metadata, row.Example)];
        string expected = row.Argument.Length == 0 ? row.Expected : row.Expected.Replace($"\"<{row.Argument}>\"", "");

        ClLine line = Lines.Of(ClRule.VisualStudio2022, recorded: false, metadata);

        string[] own = [.. line.Words.Where(word => word.Metadata == row.Metadata).Select(word => word.Text)];
        Assert.AreEqual(expected.TrimEnd(), string.Join(" ", own), line.Text);
        Assert.IsNull(line.Problem);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_value_writes_nothing(SwitchRow row)
    {
        ClLine line = Lines.Of(ClRule.VisualStudio2022, recorded: false, [.. row.Companions, (row.Metadata, "")]);

        Assert.IsFalse(line.Words.Any(word => word.Metadata == row.Metadata), line.Text);
    }

    [TestMethod]
    [DynamicData(nameof(RowsWithArgument))]
    public void A_text_of_another_metadata_follows_its_switch(SwitchRow row)
    {
        bool isNumber = row.Argument == "ProcessorNumber";
        ClLine line = Lines.Of(ClRule.VisualStudio2022, recorded: false, (row.Metadata, row.Value), (row.Argument, isNumber ? "4" : "a.h"));

        string expected = row.Switch.Replace($"<{row.Argument}>", isNumber ? "4" : "a.h");
        Assert.AreEqual(expected, line.Words.Single(word => word.Metadata == row.Metadata).Text);
    }

    [TestMethod]
    public void The_rows_stand_in_the_observed_order()
    {
        string[] observed = [.. SwitchRow.All.Where(row => row.Metadata != "(Sources)").OrderBy(row => row.Order).Select(row => row.Metadata).Distinct()];
        string[] written =
        [
            .. ClRule.Rows
                .Where(row => row.Versions.First <= ClRule.VisualStudio2022 && ClRule.VisualStudio2022 <= row.Versions.Last)
                .Select(row => row.Metadata)
        ];

        CollectionAssert.AreEqual(observed, written);
    }

    [TestMethod]
    public void The_table_has_no_value_that_was_not_observed()
    {
        IEnumerable<string> observed = SwitchRow.All.Select(row => $"{row.Metadata}={row.Value}");
        // What is not written for "true" there has no row of its own.
        IEnumerable<string> written = ClRule.Rows.Where(row => row.Form == ClForm.Value && row.Argument.Length == 0)
            .SelectMany(row => row.Values.Select(value => (row.Metadata, Value: value.Key.ToLowerInvariant())))
            .Where(pair => pair != ("TreatExternalTemplatesAsInternal", "true"))
            .Select(pair => $"{pair.Metadata}={pair.Value}");

        CollectionAssert.IsSubsetOf(written.Distinct().ToArray(), observed.ToArray());
    }
}
