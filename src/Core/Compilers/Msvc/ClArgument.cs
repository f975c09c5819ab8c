namespace DistBuild.Core.Compilers.Msvc;

/// <summary>One switch with its value, or one input, of a command line of cl's kind.</summary>
/// <param name="Name">As the tables spell it, with a slash; empty for an input.</param>
/// <param name="Tokens">As the command spells it: one argument, or two when the value stands apart.</param>
/// <param name="Value">The switch's value, or the input's path.</param>
/// <param name="Why">For <see cref="ClRole.Local"/>.</param>
internal readonly record struct ClArgument(ClRole Role, string Name, string[] Tokens, string Value, string Why = "")
{
    /// <summary>One spelling for all that mean the same: <c>-I dir</c> and <c>/Idir</c> are <c>/Idir</c>.</summary>
    public string Canonical => Name.Length == 0 ? Value : Name + Value;
}
