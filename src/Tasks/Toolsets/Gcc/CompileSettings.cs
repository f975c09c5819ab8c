namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>What an item asks for, after its AdditionalOptions have had their say: the last word wins, as on cl's command line.</summary>
internal sealed class CompileSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _notes = [];

    public List<string> IncludeDirectories { get; } = [];

    public List<string> ExternalIncludeDirectories { get; } = [];

    public List<string> Definitions { get; } = [];

    public List<string> Undefinitions { get; } = [];

    public List<string> ForcedIncludes { get; } = [];

    public List<string> DisabledWarnings { get; } = [];

    public List<string> ErrorWarnings { get; } = [];

    /// <summary>Arguments of gcc's or clang's own, in order, that go after all others, with the languages they are for.</summary>
    public List<LanguageArgument> CompilerArguments { get; } = [];

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Why no object can be made of the item; the first reason stays.</summary>
    public string? Reason { get; private set; }

    /// <summary>A metadata that is one value; empty when it is not set.</summary>
    public string this[string metadata]
    {
        get => _values.TryGetValue(metadata, out string? value) ? value : "";
        set => _values[metadata] = value;
    }

    public void Refuse(string reason) => Reason ??= reason;

    public void Note(string note)
    {
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }
}

/// <summary>An argument, and the languages whose sources get it.</summary>
internal sealed record LanguageArgument(string Argument, SourceLanguages Languages);
