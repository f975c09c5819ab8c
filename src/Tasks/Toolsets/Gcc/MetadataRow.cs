namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>What becomes of a value of Visual Studio's metadata.</summary>
internal enum Treatment
{
    /// <summary>Arguments say the same to gcc and clang.</summary>
    Mapped,

    /// <summary>Nothing needs to be said: it is so anyway, or it concerns only Visual Studio's own tools.</summary>
    Nothing,

    /// <summary>Left out, and the user is told once.</summary>
    Noted,

    /// <summary>No object can be made of it here.</summary>
    Refused,
}

/// <summary>One value of one metadata and what becomes of it.</summary>
/// <param name="Value">As Visual Studio writes it, without regard to case, or <see cref="Any"/> for all values without a row of their own.</param>
/// <param name="Why">For people: in the documentation, and in the note or reason where there is one. Empty where the arguments speak for themselves.</param>
internal sealed record MetadataRow(string Metadata, string Value, Treatment Treatment, string Why)
{
    public const string Any = "*";

    public IReadOnlyList<string> Gcc { get; init; } = [];

    public IReadOnlyList<string> Clang { get; init; } = [];

    /// <summary>The sources the row is for; it says nothing to the others.</summary>
    public SourceLanguages Languages { get; init; } = SourceLanguages.Both;

    /// <summary>The row counts only beside one of these values of another metadata.</summary>
    public (string Metadata, string[] Values)? Beside { get; init; }

    /// <summary>The user is told <see cref="Why"/> although arguments say the same.</summary>
    public bool Told { get; init; }

    /// <summary>The arguments exist only for x86; elsewhere the value is noted.</summary>
    public bool OnlyX86 { get; init; }

    public IReadOnlyList<string> Arguments(bool clang) => clang ? Clang : Gcc;

    public bool Matches(string value) => Value == Any || string.Equals(Value, value, StringComparison.OrdinalIgnoreCase);

    public static MetadataRow Mapped(string metadata, string value, params string[] arguments) =>
        new(metadata, value, Treatment.Mapped, "") { Gcc = arguments, Clang = arguments };

    public static MetadataRow Nothing(string metadata, string value, string why) => new(metadata, value, Treatment.Nothing, why);

    public static MetadataRow Noted(string metadata, string value, string why) => new(metadata, value, Treatment.Noted, why);

    public static MetadataRow Refused(string metadata, string value, string why) => new(metadata, value, Treatment.Refused, why);
}
