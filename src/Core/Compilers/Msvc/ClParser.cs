using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>What a command line of cl's kind means to a cache.</summary>
internal sealed class ClParser(FileDigests precompiledHeaders)
{
    /// <summary>What the word that stands for a precompiled header's content begins with.</summary>
    public const string PrecompiledContent = "precompiled ";

    private const string FullPaths = "/FC", Utf8 = "/utf-8";

    public CommandVerdict Parse(ClCommand parsed)
    {
        if (parsed.Has(ClRole.NoObject) || Passed(parsed, OptionRole.NoObject) is not null)
        {
            return new CommandVerdict.NotACompilation();
        }

        if (parsed.Problem is { } problem)
        {
            return problem;
        }

        bool compiles = parsed.Has(ClRole.Compile) || parsed.Arguments.Any(argument => argument is { Role: ClRole.Local, Name: "/E" or "/EP" or "/P" or "/Zs" });
        return !compiles || !parsed.Has(ClRole.Source)
            ? new CommandVerdict.NotACompilation()
            : RefusedEnvironment.Find(parsed.Whole.Environment) ?? RefusedArgument(parsed) ?? Cacheable(parsed);
    }

    private static CommandVerdict.RunLocally? RefusedArgument(ClCommand parsed)
    {
        foreach (ClArgument argument in parsed.Arguments)
        {
            if (argument.Role == ClRole.Local)
            {
                return new CommandVerdict.RunLocally(string.Join(" ", argument.Tokens), argument.Why)
                {
                    Debug = argument.Name == ClDebugFormat.EditAndContinue ? DebugStorage.EditAndContinue : DebugStorage.Object,
                };
            }

            if (argument.Role == ClRole.Linker)
            {
                return new CommandVerdict.RunLocally("/link", "what follows is the linker's");
            }

            // The macros of a command line can be repeated to an agent only line by line.
            if (argument.Role == ClRole.Preprocessor && argument.Value.Contains('\n'))
            {
                return new CommandVerdict.RunLocally(argument.Tokens[0], "its value has a line break");
            }
        }

        return RefusedPassed(parsed) ?? RefusedDebugInformation(parsed) ?? RefusedSources(parsed);
    }

    private static CommandVerdict.RunLocally? RefusedPassed(ClCommand parsed)
    {
        foreach (ParsedArgument argument in parsed.Passed)
        {
            string? why = argument.Role switch
            {
                OptionRole.Key or OptionRole.Unread => null,
                OptionRole.Local => argument.Why,
                OptionRole.Dependencies => "a dependency file is written only by the compiler here",
                _ => "its effect on the object is not known to this product",
            };
            if (why is not null)
            {
                return new CommandVerdict.RunLocally("/clang:" + string.Join(" /clang:", argument.Tokens), why);
            }
        }

        return null;
    }

    // The last of these wins. clang-cl makes the same of /Zi as of /Z7.
    private static CommandVerdict.RunLocally? RefusedDebugInformation(ClCommand parsed) =>
        !parsed.Dialect.IsClang && parsed.Last(argument => argument.Name is ClDebugFormat.Embedded or ClDebugFormat.Database) is { Name: ClDebugFormat.Database }
            ? new CommandVerdict.RunLocally(
                ClDebugFormat.Database, "its debug information goes to a database that units share; /Z7 (DebugInformationFormat OldStyle) keeps it in the object")
            {
                Debug = DebugStorage.Database,
            }
            : null;

    private static CommandVerdict.RunLocally? RefusedSources(ClCommand parsed)
    {
        ClArgument[] sources = [.. parsed.Arguments.Where(argument => argument.Role == ClRole.Source)];
        return sources.Length > 1 ? new CommandVerdict.RunLocally(sources[1].Value, "one command compiles several files")
            : sources[0].Value is "-" or "/dev/null" or "" ? new CommandVerdict.RunLocally(sources[0].Value, "the source is not a file")
            : null;
    }

    private CommandVerdict Cacheable(ClCommand parsed)
    {
        ClArgument source = parsed.Arguments.First(argument => argument.Role == ClRole.Source);
        if (ClSourceLanguage.Of(parsed, source) is not string language)
        {
            return new CommandVerdict.RunLocally(source.Value, "only C and C++ sources are served");
        }

        string objectFile = ClOutput.Of(parsed, source.Value);
        if (ClOutput.IsDevice(objectFile))
        {
            return new CommandVerdict.RunLocally("/Fo" + objectFile, "the output is not a file of its own");
        }

        if (ClPrecompiledHeader.CreatedBy(parsed) is string create)
        {
            return new CommandVerdict.RunLocally(create, "it makes a precompiled header") { Makes = ClPrecompiledHeader.Named(parsed) };
        }

        if (ClPrecompiledHeader.TakenFor(parsed) is string forced)
        {
            return new CommandVerdict.RunLocally("/FI" + forced, "a precompiled header stands beside it");
        }

        ClPrecompiledHeader? header = ClPrecompiledHeader.UsedBy(parsed);
        Digest? content = header is null ? null : precompiledHeaders.TryGet(parsed.Whole.FullPath(header.File));
        if (header is not null && (header.Header.Length == 0 || content is null))
        {
            return new CommandVerdict.RunLocally(
                "/Yu" + header.Header, header.Header.Length == 0 ? "the source says where its precompiled header ends" : $"{header.File} cannot be read")
            {
                Awaits = header.Header.Length == 0 ? null : header.File,
            };
        }

        bool debug = parsed.Dialect.IsClang && ClDebugInformation.IsOn(parsed);
        return new CommandVerdict.Cacheable(
            source.Value,
            objectFile,
            language,
            [.. KeyArguments(parsed)],
            [
                .. DirectArguments(parsed, header, content),
                .. debug ? ClDebugInformation.Recorded(parsed, objectFile) : [],
                .. parsed.Dialect.IsClang ? [] : PlaceOf(parsed, objectFile),
            ],
            DependencyFile: null,
            EmbedsWorkingDirectory: !parsed.Dialect.IsClang || (debug && ClDebugInformation.RecordsDirectory(parsed)) || parsed.Last(FullPaths) is not null)
        {
            OtherInputs = header is null ? [] : [header.File],
        };
    }

    /// <summary>
    /// What decides an object of cl.exe and stands neither in its command nor in its files: every object has its own full name (S_OBJNAME, "CodeView symbols"; the
    /// directory is the other part of it), and characters are read and written in the system's code page.
    /// </summary>
    public static IEnumerable<string> PlaceOf(ClCommand parsed, string objectFile) =>
        ["object " + objectFile, .. parsed.Last(Utf8) is null ? ["code page " + SystemCodePage.Number] : (string[])[]];

    /// <summary>The arguments a preprocessed text needs, in order and in one spelling each.</summary>
    private static IEnumerable<string> KeyArguments(ClCommand parsed) =>
        parsed.Canonical(argument => argument.Role is ClRole.Key or ClRole.Notes || (argument.Role == ClRole.Passed && !IsUnread(parsed, argument.Value)));

    private static bool IsUnread(ClCommand parsed, string passed) =>
        parsed.Passed.Any(argument => argument.Role == OptionRole.Unread && argument.Tokens.Length == 1 && argument.Tokens[0] == passed);

    private static IEnumerable<string> DirectArguments(ClCommand parsed, ClPrecompiledHeader? header, Digest? content) =>
    [
        .. parsed.Canonical(argument => argument.Role is ClRole.Key or ClRole.Notes or ClRole.Preprocessor or ClRole.Language or ClRole.Passed),
        .. header is null ? (IEnumerable<string>)[] : ["/Yu" + header.Header, PrecompiledContent + content],
        .. ClEnvironment.Headers.Select(name => (Name: name, Value: ClEnvironment.Value(parsed.Whole.Environment, name)))
            .Where(variable => variable.Value.Length > 0).Select(variable => variable.Name + "=" + variable.Value),
    ];

    private static string? Passed(ClCommand parsed, OptionRole role) =>
        parsed.Passed.Where(argument => argument.Role == role).Select(argument => argument.Name).FirstOrDefault();
}
