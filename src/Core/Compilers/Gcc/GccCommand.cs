using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>A command line of gcc's kind, split into options and inputs.</summary>
internal sealed class GccCommand
{
    private readonly CompileCommand _command;

    private GccCommand(CompileCommand command, List<ParsedArgument> arguments)
    {
        _command = command;
        Arguments = arguments;
    }

    public IReadOnlyList<ParsedArgument> Arguments { get; }

    public static GccCommand Read(OptionTable table, CompileCommand command) => new(command, ArgumentReader.Read(table, ResponseFiles.Expand(command)));

    public bool Has(OptionRole role) => Arguments.Any(argument => argument.Role == role);

    public bool Has(string option) => Arguments.Any(argument => argument.Name == option);

    /// <summary>The value of the last use of an option, or null.</summary>
    public string? Value(string option)
    {
        for (int i = Arguments.Count - 1; i >= 0; i--)
        {
            if (Arguments[i].Name == option)
            {
                return Arguments[i].Value;
            }
        }

        return null;
    }

    /// <summary>The arguments that pass, in order, as the command spells them.</summary>
    public IEnumerable<string> Tokens(Func<ParsedArgument, bool> kept) => Arguments.Where(kept).SelectMany(argument => argument.Tokens);

    /// <summary>The same command with some of its arguments left out and others added after its options.</summary>
    public CompileCommand With(Func<ParsedArgument, bool> kept, IEnumerable<string> added)
    {
        // The source keeps its place: a language option rules only the inputs after it.
        List<string> arguments = [.. Tokens(argument => argument.Role != OptionRole.EndOfOptions && kept(argument) && !AfterOptions(argument))];
        arguments.AddRange(added);
        arguments.AddRange(Tokens(argument => argument.Role == OptionRole.EndOfOptions || (kept(argument) && AfterOptions(argument))));
        return _command with { Arguments = arguments };
    }

    private bool AfterOptions(ParsedArgument argument) => argument.Role == OptionRole.Source && Has(OptionRole.EndOfOptions);
}
