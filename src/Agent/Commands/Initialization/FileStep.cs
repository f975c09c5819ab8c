namespace DistBuild.Agent.Commands.Initialization;

internal enum StepKind
{
    Right,
    Create,
    Change,

    /// <summary>Cannot be done safely; the detail says what to do by hand.</summary>
    ByHand,
}

/// <summary>What <c>init</c> found out about one file.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Detail">What is or becomes of it, in a few words.</param>
/// <param name="Lines">What is put in, or what a person should put in, without indentation of their own.</param>
/// <param name="Apply">Does it; null when there is nothing to do.</param>
internal sealed record FileStep(string Path, StepKind Kind, string Detail, IReadOnlyList<string> Lines, Action? Apply)
{
    public static FileStep Right(string path, string detail) => new(path, StepKind.Right, detail, [], null);

    public static FileStep ByHand(string path, string detail, IReadOnlyList<string> lines) => new(path, StepKind.ByHand, detail, lines, null);
}
