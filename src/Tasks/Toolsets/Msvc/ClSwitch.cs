namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>How a metadata of cl's rule is written.</summary>
internal enum ClForm
{
    /// <summary>One of a set of values, each with a switch of its own or none.</summary>
    Value,

    /// <summary>A list: one switch per item, quoted where an item needs it.</summary>
    List,

    /// <summary>A text behind its switch, always quoted.</summary>
    Text,

    /// <summary>A text that is no switch's: as it stands.</summary>
    Verbatim,
}

/// <summary>One metadata of cl's rule and what it is written as. Instances stand in the order of the line.</summary>
internal sealed record ClSwitch(string Metadata, ClForm Form)
{
    /// <summary>The switch of a list or text, with the blank that stands before its value where there is one.</summary>
    public string Switch { get; init; } = "";

    /// <summary>Values, without regard to case, and their switches; an empty switch writes nothing. A value that is missing here is unknown to the rule.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The metadata whose text follows a switch of <see cref="ClForm.Value"/>, where it has one.</summary>
    public string Argument { get; init; } = "";

    public bool QuotesArgument { get; init; } = true;

    /// <summary>Values are paths, which MSBuild spells with slashes where there are no backslashes.</summary>
    public bool IsPath { get; init; }

    /// <summary>Whether the switch is one of the line that Visual Studio records and compares (<c>CL.command.1.tlog</c>).</summary>
    public bool IsRecorded { get; init; } = true;

    /// <summary>The first and the last major version of Visual Studio whose rule has it here.</summary>
    public (int First, int Last) Versions { get; init; } = (0, int.MaxValue);

    /// <summary>Another metadata that decides whether this one is written: it must have one of these values.</summary>
    public (string Metadata, IReadOnlyList<string> Values)? OnlyBeside { get; init; }
}
