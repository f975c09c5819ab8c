using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>What a command line of gcc's kind means to a cache.</summary>
internal static class GccParser
{
    /// <param name="cxxDriver">The driver reads C sources as C++.</param>
    public static CommandVerdict Parse(OptionTable table, CompileCommand command, bool cxxDriver)
    {
        GccCommand parsed = GccCommand.Read(table, command);
        bool compiles = parsed.Has(OptionRole.Compile) || parsed.Has("-S") || parsed.Has("-fsyntax-only");
        if (!compiles || parsed.Has(OptionRole.NoObject) || !parsed.Has(OptionRole.Source))
        {
            return new CommandVerdict.NotACompilation();
        }

        return RefusedEnvironment.Find(command.Environment) ?? RefusedArgument(parsed) ?? Cacheable(parsed, cxxDriver);
    }

    /// <summary>The arguments a preprocessed text needs, in order and in one spelling each.</summary>
    private static IEnumerable<string> KeyArguments(GccCommand parsed) =>
        parsed.Arguments.Where(argument => argument.Role == OptionRole.Key).SelectMany(OneSpelling);

    private static string[] OneSpelling(ParsedArgument argument) => argument.Name switch
    {
        "--param" => ["--param=" + argument.Value],
        "-target" => ["--target=" + argument.Value],
        "-I" or "-D" or "-U" or "-iquote" or "-isystem" or "-idirafter" => [argument.Name + argument.Value],
        _ => argument.Tokens,
    };

    private static CommandVerdict.RunLocally? RefusedArgument(GccCommand parsed)
    {
        foreach (ParsedArgument argument in parsed.Arguments)
        {
            if (argument.Role == OptionRole.Local)
            {
                return new CommandVerdict.RunLocally(string.Join(" ", argument.Tokens), argument.Why);
            }

            if (argument.Role == OptionRole.Source && argument.Value.StartsWith("@", StringComparison.Ordinal))
            {
                return new CommandVerdict.RunLocally(argument.Value, "the response file cannot be read");
            }

            if (argument.Name.StartsWith("-Wp,", StringComparison.Ordinal) && argument.Tokens[0].Split(',').Skip(1).Any(option => !IsMacro(option)))
            {
                return new CommandVerdict.RunLocally(argument.Tokens[0], "what the preprocessor is told is not known to be harmless");
            }

            // The macros of a command line can be repeated to an agent only line by line.
            if (argument.Role == OptionRole.Preprocessor && argument.Value.Contains('\n'))
            {
                return new CommandVerdict.RunLocally(argument.Tokens[0], "its value has a line break");
            }
        }

        if (parsed.Has("-MD") && parsed.Has("-MMD"))
        {
            return new CommandVerdict.RunLocally("-MD -MMD", "compilers differ in which of the two counts");
        }

        string[] sources = [.. parsed.Arguments.Where(argument => argument.Role == OptionRole.Source).Select(argument => argument.Value)];
        return sources.Length > 1 ? new CommandVerdict.RunLocally(sources[1], "one command compiles several files") : null;
    }

    private static bool IsMacro(string option) =>
        option.Length > 2 && (option.StartsWith("-D", StringComparison.Ordinal) || option.StartsWith("-U", StringComparison.Ordinal));

    private static CommandVerdict Cacheable(GccCommand parsed, bool cxxDriver)
    {
        string source = parsed.Arguments.First(argument => argument.Role == OptionRole.Source).Value;
        if (source is "-" or "/dev/null")
        {
            return new CommandVerdict.RunLocally(source, "the source is not a file");
        }

        // clang's driver hands such a name to its own compiler proper, which takes it for an option.
        if (source.StartsWith("-", StringComparison.Ordinal))
        {
            return new CommandVerdict.RunLocally(source, "the source's name starts with a dash");
        }

        string? language = Language(parsed, source, cxxDriver);
        if (language is null || !SourceLanguage.IsServed(language))
        {
            return new CommandVerdict.RunLocally(language is null ? source : "-x " + language, "only C and C++ sources are served");
        }

        string objectPath = parsed.Value("-o") ?? Path.ChangeExtension(Path.GetFileName(source), ".o");
        if (objectPath is "-" or "" or "/dev/null" || objectPath.EndsWith("/", StringComparison.Ordinal))
        {
            return new CommandVerdict.RunLocally("-o " + objectPath, "the output is not a file of its own");
        }

        string? dependencyFile = DependencyFile(parsed, source);
        if (dependencyFile is "-" or "/dev/stdout" or "/dev/stderr")
        {
            return new CommandVerdict.RunLocally("-MF", "the dependency file is not a file");
        }

        string[] key = [.. KeyArguments(parsed)];
        return new CommandVerdict.Cacheable(
            source,
            objectPath,
            language,
            key,
            [.. parsed.Arguments.Where(argument => argument.Role is OptionRole.Key or OptionRole.Preprocessor or OptionRole.Language).SelectMany(OneSpelling)],
            dependencyFile,
            DebugInformation.IsOn(key));
    }

    // A language given for the inputs that follow; none means by extension again.
    private static string? Language(GccCommand parsed, string source, bool cxxDriver)
    {
        string? language = null;
        foreach (ParsedArgument argument in parsed.Arguments)
        {
            if (argument.Role == OptionRole.Source)
            {
                break;
            }

            if (argument.Role == OptionRole.Language)
            {
                language = argument.Value == "none" ? null : argument.Value;
            }
        }

        return language ?? SourceLanguage.Of(source, cxxDriver);
    }

    private static string? DependencyFile(GccCommand parsed, string source)
    {
        if (!parsed.Has("-MD") && !parsed.Has("-MMD"))
        {
            return null;
        }

        return parsed.Value("-MF") ?? Path.ChangeExtension(parsed.Value("-o") ?? Path.GetFileName(source), ".d");
    }
}
