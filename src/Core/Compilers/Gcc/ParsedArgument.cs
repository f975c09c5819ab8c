namespace DistBuild.Core.Compilers.Gcc;

/// <summary>One option with its value, or one input, of a command line.</summary>
/// <param name="Tokens">As the command spells it: one argument, or two when the value stands apart.</param>
/// <param name="Value">The option's value, or the input's path.</param>
/// <param name="Why">For <see cref="OptionRole.Local"/>.</param>
internal sealed record ParsedArgument(OptionRole Role, string Name, string[] Tokens, string Value, string Why = "");
