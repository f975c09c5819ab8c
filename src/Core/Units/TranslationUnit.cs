namespace DistBuild.Core.Units;

/// <summary>One source with the command that compiles it.</summary>
/// <param name="Name">What a person calls it in the log: the source as the project spells it.</param>
/// <param name="Source">Full path.</param>
/// <param name="Object">Full path of the object the command writes.</param>
public sealed record TranslationUnit(string Name, string Source, string Object, CompileCommand Command)
{
    /// <summary>Full paths of what the command writes beside the object (a precompiled header): one that is gone, or not the one that was written, is made again.</summary>
    public IReadOnlyList<string> OtherOutputs { get; init; } = [];

    /// <summary>What to show instead of <see cref="Command"/>; null for the command itself.</summary>
    public ShownCommand? Shown { get; init; }
}
