using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>What gcc and clang have in common.</summary>
/// <param name="options">Made when the first command is read: a build in which all is up to date reads none.</param>
/// <param name="remote">Made when the first job is judged.</param>
internal abstract class GccLikeFamily(string name, Func<OptionTable> options, Func<RemoteArguments> remote) : ICompilerFamily, IDependencyFiles, INativeOptions
{
    private static readonly string[] DependencyTargets = ["-MT", "-MQ"];

    // With one more argument they would make another object.
    private static readonly string[] RecordsArguments = ["-frecord-gcc-switches", "-frecord-command-line", "-grecord-command-line"];

    private readonly Lazy<OptionTable> _options = new(options);
    private readonly Lazy<RemoteArguments> _remote = new(remote);

    public string Name { get; } = name;

    protected OptionTable Options => _options.Value;

    public virtual CommandVerdict Parse(CompileCommand command) => GccParser.Parse(Options, command, DriverName.IsCxx(command.Compiler));

    public abstract IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict);

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        return parsed.With(
            argument => argument.Role is not (OptionRole.Object or OptionRole.Dependencies),
            ["-o", objectPath, .. DependencyOptions(parsed, verdict, "-MD", dependencyFile)]);
    }

    public bool OmitsSystemHeaders(CompileCommand command) => GccCommand.Read(Options, command).Has("-MMD");

    public string WriteDependencies(CompileCommand command, CommandVerdict.Cacheable verdict, IReadOnlyList<string> files)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        string source = verdict.Source.StartsWith("./", StringComparison.Ordinal) ? verdict.Source.Substring(2) : verdict.Source;
        int position = files.Contains(source) ? Array.IndexOf([.. files], source) : 0;
        return new DependencyWriter(Name == "clang").Write([.. Targets(parsed, verdict)], files, parsed.Has("-MP"), position);
    }

    public CompileCommand AlsoWriteDependencies(CompileCommand preprocessing, CompileCommand command, CommandVerdict.Cacheable verdict, string dependencyFile)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        return preprocessing with
        {
            Arguments = [.. DependencyOptions(parsed, verdict, parsed.Has("-MMD") ? "-MMD" : "-MD", dependencyFile), .. preprocessing.Arguments],
        };
    }

    public CompileCommand OnlyWriteDependencies(CompileCommand command, CommandVerdict.Cacheable verdict, string dependencyFile)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        return parsed.With(
            argument => argument.Role is not (OptionRole.Object or OptionRole.Compile or OptionRole.Dependencies),
            ["-w", .. DependencyOptions(parsed, verdict, parsed.Has("-MMD") ? "-MM" : "-M", dependencyFile)]);
    }

    private static IEnumerable<string> DependencyOptions(GccCommand parsed, CommandVerdict.Cacheable verdict, string kind, string file) =>
    [
        kind, "-MF", file, .. parsed.Has("-MP") ? (string[])["-MP"] : [],
        .. Targets(parsed, verdict).SelectMany(target => (string[])[target.Quoted ? "-MQ" : "-MT", target.Name]),
    ];

    private static IEnumerable<(string Name, bool Quoted)> Targets(GccCommand parsed, CommandVerdict.Cacheable verdict)
    {
        ParsedArgument[] given = [.. parsed.Arguments.Where(argument => DependencyTargets.Contains(argument.Name))];
        return given.Length == 0 ? [(verdict.Object, true)] : given.Select(argument => (argument.Value, argument.Name == "-MQ"));
    }

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        bool isOneCompile = parsed.Has(OptionRole.Compile) && !parsed.Has(OptionRole.NoObject) && parsed.Arguments.Count(argument => argument.Role == OptionRole.Source) == 1;
        return isOneCompile && !parsed.Has(OptionRole.Dependencies)
            && !RecordsArguments.Any(parsed.Has) && RefusedEnvironment.Find(command.Environment) is null
            ? parsed.With(_ => true, ["-MD", "-MF", dependencyFile])
            : null;
    }

    public CompileCommand? ListInputs(CompileCommand command, string dependencyFile) => null;

    public bool ReportsEveryFile(CompileCommand command) => true;

    public IReadOnlyList<string> ProcessorArguments(CompileCommand command)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        return parsed.Arguments.Any(IsNative) ? [.. parsed.Tokens(IsForProcessor)] : [];
    }

    public abstract Task<IReadOnlyList<string>> NameProcessorAsync(
        string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken);

    public CompileCommand WithProcessor(CompileCommand command, IReadOnlyList<string> arguments) =>
        GccCommand.Read(Options, command).With(argument => !IsForProcessor(argument), arguments);

    private static bool IsNative(ParsedArgument argument) => argument.Tokens.Length == 1 && GccProcessor.IsNative(argument.Tokens[0]);

    private static bool IsForProcessor(ParsedArgument argument) => IsNative(argument)
        || (argument.Role == OptionRole.Key && (argument.Name == "--param" || argument.Tokens[0].StartsWith("--param=", StringComparison.Ordinal)
            || argument.Tokens[0].StartsWith("-m", StringComparison.Ordinal) || argument.Tokens[0].StartsWith("-flto", StringComparison.Ordinal)
            || argument.Name is "--target=" or "-target"));

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        new(driver, [.. job.Arguments, .. TextArguments(job, output), "-c", input, "-o", output], workingDirectory, environment);

    public abstract bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment);

    public virtual string? Refuse(RemoteJob job) => _remote.Value.Refuse(job);

    public virtual string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => PreprocessedText.Refuse(text, SourceLanguage.IsExpanded(job.Language));

    public string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text) => AssemblerLiterals.Find(text);

    public virtual string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => null;

    public virtual IncludeFolders Includes(CompileCommand command) => GccIncludeFolders.Of(GccCommand.Read(Options, command), command.Environment);

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => GccIncludeFolders.Query(verdict.Language, verdict.KeyArguments);

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => GccIncludeFolders.ReadSystem(printed);

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => DependencyRules.Read(dependencyFile);

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => LineMarkers.Read(text);

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => GccDiagnostics.Read(printed);

    /// <summary>What a compile of the text needs besides the job's own arguments.</summary>
    protected abstract IEnumerable<string> TextArguments(RemoteJob job, string output);

    /// <summary>The command without output and dependencies, printing its text to standard output.</summary>
    protected CompileCommand Print(CompileCommand command, params string[] added) =>
        GccCommand.Read(Options, command).With(argument => argument.Role is not (OptionRole.Object or OptionRole.Compile or OptionRole.Dependencies), added);
}
