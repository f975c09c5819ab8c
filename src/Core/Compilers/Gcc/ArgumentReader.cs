namespace DistBuild.Core.Compilers.Gcc;

/// <summary>Splits a command line into options and inputs by a table.</summary>
internal static class ArgumentReader
{
    private static readonly string[] LongKeys = ["--param=", "--std="];

    /// <param name="arguments">With response files already expanded.</param>
    public static List<ParsedArgument> Read(OptionTable table, IReadOnlyList<string> arguments)
    {
        List<ParsedArgument> parsed = new(arguments.Count);
        bool onlyInputs = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (onlyInputs || argument.Length == 0 || argument[0] != '-' || argument.Length == 1)
            {
                parsed.Add(new ParsedArgument(OptionRole.Source, "", [argument], argument));
            }
            else if (argument == "--" && table.EndOfOptions)
            {
                parsed.Add(new ParsedArgument(OptionRole.EndOfOptions, "--", [argument], ""));
                onlyInputs = true;
            }
            else if (table.Find(argument) is not GccOption option)
            {
                parsed.Add(Unknown(argument));
            }
            else if (!option.TakesNext(argument))
            {
                parsed.Add(new ParsedArgument(option.Role, option.Name, [argument], argument.Substring(option.Name.Length), option.Why));
            }
            else if (i + 1 < arguments.Count)
            {
                parsed.Add(new ParsedArgument(option.Role, option.Name, [argument, arguments[++i]], arguments[i], option.Why));
            }
            else
            {
                parsed.Add(new ParsedArgument(OptionRole.Local, option.Name, [argument], "", "its value is missing"));
            }
        }

        return parsed;
    }

    // An unknown option is a word to hash. Two kinds are not: a long option can be gcc's other spelling of an option that takes a file,
    // and a value with a directory in it most likely names a file whose content would have to be hashed too.
    private static ParsedArgument Unknown(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal) && !LongKeys.Any(name => argument.StartsWith(name, StringComparison.Ordinal)))
        {
            return new ParsedArgument(OptionRole.Local, argument, [argument], "", "this product does not know the option");
        }

        int value = argument.IndexOf('=') + 1;
        return value > 0 && !IsPathText(argument) && argument.IndexOf('/', value) >= 0
            ? new ParsedArgument(OptionRole.Local, argument, [argument], "", "this product does not know the option, and its value looks like a file")
            : new ParsedArgument(OptionRole.Key, argument, [argument], "");
    }

    private static bool IsPathText(string argument) =>
        argument.IndexOf("-prefix-map=", StringComparison.Ordinal) > 0 || argument.IndexOf("-compilation-dir=", StringComparison.Ordinal) > 0;
}
