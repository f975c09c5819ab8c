namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>How an option of cl inside AdditionalOptions is understood.</summary>
internal enum ClMeaning
{
    /// <summary>The same as a value of some metadata.</summary>
    Metadata,

    /// <summary>An item of a list: <c>/I</c>, <c>/D</c>, …</summary>
    List,

    /// <summary>Arguments of gcc and clang.</summary>
    Arguments,

    /// <summary>Nothing to say to gcc and clang, and nothing lost.</summary>
    Nothing,

    /// <summary>Left out, with a note that names it.</summary>
    Noted,

    /// <summary>No object can be made of the item.</summary>
    Refused,
}

/// <summary>One option of cl.</summary>
/// <param name="Switch">Without its slash; a name that ends in <c>*</c> stands for all that begin so. cl minds case.</param>
/// <param name="Target">The metadata, the list, or for people why it needs no counterpart or has none.</param>
/// <param name="Value">The metadata's value.</param>
internal sealed record ClOption(string Switch, ClMeaning Meaning, string Target, string Value = "")
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public SourceLanguages Languages { get; init; } = SourceLanguages.Both;

    /// <summary>A value may stand in the next argument (<c>/I dir</c>).</summary>
    public bool TakesNext { get; init; }

    public bool IsPrefix => Switch[Switch.Length - 1] == '*';

    public string Stem => Switch.TrimEnd('*');

    /// <summary>The exact option, else the longest prefix, else null.</summary>
    public static ClOption? Find(string option) =>
        ClOptionTable.Exact.TryGetValue(option, out ClOption? exact)
            ? exact
            : ClOptionTable.Prefixes.FirstOrDefault(prefix => option.StartsWith(prefix.Stem, StringComparison.Ordinal));
}
