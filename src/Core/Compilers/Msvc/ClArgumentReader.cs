using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>Splits a command line of cl's kind into switches and inputs by a dialect's table. Slash and dash start a switch alike.</summary>
internal sealed class ClArgumentReader(ClDialect dialect, CompileCommand command)
{
    private readonly IReadOnlyList<string> _arguments = command.Arguments;
    private int _next;

    /// <param name="dialect">What the switches are.</param>
    /// <param name="command">With response files and environment variables already put into its arguments.</param>
    public static List<ClArgument> Read(ClDialect dialect, CompileCommand command) => new ClArgumentReader(dialect, command).ReadAll();

    private List<ClArgument> ReadAll()
    {
        List<ClArgument> read = new(_arguments.Count);
        bool onlyInputs = false;
        while (_next < _arguments.Count)
        {
            string argument = _arguments[_next++];
            if (onlyInputs || argument.Length < 2 || argument[0] is not ('/' or '-'))
            {
                read.Add(Input(argument));
            }
            else if (argument == "--" && dialect.IsClang)
            {
                read.Add(new ClArgument(ClRole.EndOfOptions, "--", [argument], ""));
                onlyInputs = true;
            }
            else
            {
                read.Add(dialect.Find(argument) is { } option ? Switch(option, argument) : Other(argument));
            }
        }

        return read;
    }

    private static ClArgument Input(string argument) => new(ClRole.Source, "", [argument], argument);

    private ClArgument Switch(ClOption option, string argument)
    {
        if (option.Role == ClRole.Linker)
        {
            string[] rest = [argument, .. _arguments.Skip(_next)];
            _next = _arguments.Count;
            return new ClArgument(ClRole.Linker, option.Name, rest, "");
        }

        // /Fo: and /Fo name the same.
        string name = option.Name[option.Name.Length - 1] == ':' && option.Form == OptionForm.JoinedOrSeparate ? option.Name.TrimEnd(':') : option.Name;
        if (!option.TakesNext(ClOptionTable.Spelled(argument)))
        {
            return new ClArgument(option.Role, name, [argument], argument.Substring(option.Name.Length), option.Why);
        }

        return _next < _arguments.Count
            ? new ClArgument(option.Role, name, [argument, _arguments[_next]], _arguments[_next++], option.Why)
            : new ClArgument(ClRole.Local, name, [argument], "", "its value is missing");
    }

    // On a system whose paths start with a slash clang-cl takes what is no switch for a file. Only one that is there is one to us.
    private ClArgument Other(string argument)
    {
        if (argument[0] == '/')
        {
            return dialect.IsClang && argument.IndexOf('/', 1) > 0 && File.Exists(command.FullPath(argument)) ? Input(argument) : Word(ClRole.Key, argument);
        }

        return !dialect.IsClang ? Word(ClRole.Key, ClOptionTable.Spelled(argument)) with { Tokens = [argument] }
            : ClDialect.FindOwn(argument) is { } own ? Own(own, argument)
            : argument.StartsWith("-x", StringComparison.Ordinal) ? Word(ClRole.Local, argument) with { Why = "it sets the language by clang's own rules" }
            : argument.StartsWith("--", StringComparison.Ordinal) ? Word(ClRole.Local, argument) with { Why = "this product does not know the option" }
            : LooksLikeFile(argument) ? Word(ClRole.Local, argument) with { Why = "this product does not know the option, and its value looks like a file" }
            : Word(ClRole.Key, argument);
    }

    private ClArgument Own(GccOption option, string argument)
    {
        if (option.Role != OptionRole.Key)
        {
            ClRole role = option.Role == OptionRole.NoObject ? ClRole.NoObject : ClRole.Local;
            return option.TakesNext(argument) && _next < _arguments.Count
                ? new ClArgument(role, option.Name, [argument, _arguments[_next]], _arguments[_next++], option.Why)
                : Word(role, argument) with { Why = option.Why };
        }

        if (!option.TakesNext(argument))
        {
            return Word(ClRole.Key, argument);
        }

        if (_next == _arguments.Count)
        {
            return Word(ClRole.Local, argument) with { Why = "its value is missing" };
        }

        string value = _arguments[_next++];
        return argument == "-target"
            ? new ClArgument(ClRole.Key, "--target=", [argument, value], value)
            : new ClArgument(ClRole.Local, argument, [argument, value], value, "its effect on the object is not known to this product");
    }

    private static ClArgument Word(ClRole role, string argument) => new(role, argument, [argument], "");

    private static bool LooksLikeFile(string argument)
    {
        int value = argument.IndexOf('=') + 1;
        return value > 0
            && argument.IndexOf('/', value) >= 0
            && argument.IndexOf("-prefix-map=", StringComparison.Ordinal) < 0
            && argument.IndexOf("-compilation-dir=", StringComparison.Ordinal) < 0;
    }
}
