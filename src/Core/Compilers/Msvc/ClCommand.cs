using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>A command line of cl's kind, split into switches and inputs, with its response files and environment variables in their place.</summary>
internal sealed class ClCommand
{
    private readonly CompileCommand _command;

    private ClCommand(CompileCommand command, ClDialect dialect, CommandVerdict.RunLocally? problem)
    {
        _command = command;
        Dialect = dialect;
        Problem = problem;
        Arguments = ClArgumentReader.Read(dialect, command);
        Passed = ClDialect.ReadPassed(Arguments.Where(argument => argument.Role == ClRole.Passed).Select(argument => argument.Value));
    }

    public ClDialect Dialect { get; }

    /// <summary>The command as the compiler reads it, with every argument in its list.</summary>
    public CompileCommand Whole => _command;

    public IReadOnlyList<ClArgument> Arguments { get; }

    /// <summary>What stands behind <c>/clang:</c>.</summary>
    public IReadOnlyList<ParsedArgument> Passed { get; }

    /// <summary>An argument that could not be expanded, and why; else null.</summary>
    public CommandVerdict.RunLocally? Problem { get; }

    public static ClCommand Read(ClDialect dialect, CompileCommand command)
    {
        List<string> expanded = ClResponseFiles.Expand(command, dialect.IsClang, out CommandVerdict.RunLocally? unread);
        CompileCommand whole = ClEnvironment.Apply(command with { Arguments = expanded }, out CommandVerdict.RunLocally? unknown);
        return new ClCommand(dialect.IsClang ? whole : ClEnvironment.WithOutput(whole), dialect, unread ?? unknown);
    }

    /// <summary>Whether it compiles one source to one object, cacheable or not.</summary>
    public bool IsOneCompile =>
        Problem is null && Has(ClRole.Compile) && !Has(ClRole.NoObject) && !Has(ClRole.Linker)
        && Arguments.Where(argument => argument.Role == ClRole.Source).Take(2).ToArray() is { Length: 1 } sources && ClSourceLanguage.Of(this, sources[0]) is not null
        && !Arguments.Any(argument => argument is { Role: ClRole.Local, Name: "/E" or "/EP" or "/P" or "/Zs" or ClReporting.FileSwitch })
        && !Passed.Any(argument => argument.Role is OptionRole.Dependencies or OptionRole.NoObject)
        && RefusedEnvironment.Find(Whole.Environment) is null;

    public bool Has(ClRole role) => Arguments.Any(argument => argument.Role == role);

    /// <summary>The last use of a switch that passes, or null.</summary>
    public ClArgument? Last(Func<ClArgument, bool> passes)
    {
        for (int i = Arguments.Count - 1; i >= 0; i--)
        {
            if (passes(Arguments[i]))
            {
                return Arguments[i];
            }
        }

        return null;
    }

    public ClArgument? Last(string name) => Last(argument => argument.Name == name);

    /// <summary>The switches that pass, in order, in one spelling each.</summary>
    public IEnumerable<string> Canonical(Func<ClArgument, bool> kept) => Arguments.Where(kept).Select(argument => argument.Canonical);

    /// <summary>The same command with some of its arguments left out and others added after its options.</summary>
    public CompileCommand With(Func<ClArgument, bool> kept, IEnumerable<string> added)
    {
        List<string> arguments = [.. Tokens(argument => !AtEnd(argument) && kept(argument))];
        arguments.AddRange(added);
        arguments.AddRange(Tokens(argument => AtEnd(argument) && kept(argument)));
        return _command with { Arguments = arguments };
    }

    /// <summary>The command as one that prints its preprocessed text. Without <c>/Yu</c> and <c>/Fp</c> the text has every header.</summary>
    public CompileCommand Print(IEnumerable<string> added) => With(argument => !IsLeftOutOfText(argument), added);

    public static bool IsLeftOutOfText(ClArgument argument) =>
        argument.Role is ClRole.Object or ClRole.Notes or ClRole.Unread or ClRole.Precompiled or ClRole.Compile;

    private IEnumerable<string> Tokens(Func<ClArgument, bool> kept) => Arguments.Where(kept).SelectMany(argument => argument.Tokens);

    // Nothing can be added behind the inputs that follow "--", nor behind /link.
    private bool AtEnd(ClArgument argument) =>
        argument.Role is ClRole.EndOfOptions or ClRole.Linker || (argument.Role == ClRole.Source && argument.Name.Length == 0 && Has(ClRole.EndOfOptions));
}
