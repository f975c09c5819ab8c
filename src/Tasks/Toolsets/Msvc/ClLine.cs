namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>The line Visual Studio would run for an item: its words in order, without the program.</summary>
/// <param name="Problem">The first value that the rule does not know, which is not in the line; null when it knows all.</param>
internal sealed record ClLine(IReadOnlyList<ClWord> Words, string? Problem)
{
    /// <summary>One blank between any two words; a text that begins with a blank makes it two.</summary>
    public string Text => string.Join(" ", Words.Select(word => word.Text));

    /// <summary>The words of the metadata.</summary>
    /// <param name="version">Visual Studio's major version.</param>
    /// <param name="recorded">Only what Visual Studio records: no <c>/MP</c>, no <c>/errorReport</c>.</param>
    public static ClLine Of(ClSettings settings, int version, bool recorded)
    {
        List<ClWord> words = [new ClWord("", "/c", "", "")];
        string? problem = null;
        foreach (ClSwitch row in ClRule.Rows)
        {
            bool applies = row.Versions.First <= version && version <= row.Versions.Last && (row.IsRecorded || !recorded)
                && (row.OnlyBeside is not { } beside || beside.Values.Any(value => settings.Is(beside.Metadata, value)));
            if (applies)
            {
                words.AddRange(Write(row, settings, ref problem));
            }
        }

        return new ClLine(words, problem);
    }

    private static IEnumerable<ClWord> Write(ClSwitch row, ClSettings settings, ref string? problem) => row.Form switch
    {
        ClForm.List => settings.List(row.Metadata).Select(ClQuoting.Unquote).Where(item => item.Length > 0).Select(item => Item(row, item)),
        ClForm.Text => ClDerived.Of(row.Metadata, settings) is { Length: > 0 } text ? [Quoted(row, row.Switch, text)] : [],
        ClForm.Verbatim => settings.Verbatim(row.Metadata) is { Length: > 0 } text ? [new ClWord(row.Metadata, "", text, text)] : [],
        _ => Value(row, settings, ref problem),
    };

    private static ClWord Item(ClSwitch row, string item)
    {
        string value = row.IsPath ? ClPaths.Backslashes(item) : item;
        return new ClWord(row.Metadata, row.Switch, value, ClQuoting.Item(value), row.IsPath);
    }

    private static ClWord Quoted(ClSwitch row, string name, string text)
    {
        string value = row.IsPath ? ClPaths.Backslashes(text) : text;
        return new ClWord(row.Metadata, name, value.Trim('"'), ClQuoting.Always(value), row.IsPath);
    }

    private static IEnumerable<ClWord> Value(ClSwitch row, ClSettings settings, ref string? problem)
    {
        string value = ClDerived.Of(row.Metadata, settings);
        if (value.Length == 0)
        {
            return [];
        }

        if (!row.Values.TryGetValue(value, out string? name))
        {
            problem ??= $"{row.Metadata}={value}: Visual Studio does not know the value";
            return [];
        }

        if (name.Length == 0)
        {
            return [];
        }

        string argument = row.Argument.Length == 0 ? "" : settings[row.Argument];
        return [row.QuotesArgument && argument.Length > 0 ? Quoted(row, name, argument) : new ClWord(row.Metadata, name.TrimEnd() + argument, "", "")];
    }
}
