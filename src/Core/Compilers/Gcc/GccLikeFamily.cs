using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>What gcc and clang have in common.</summary>
internal abstract class GccLikeFamily(string name, OptionTable options, RemoteArguments remote) : ICompilerFamily
{
    private static readonly string[] DependencyTargets = ["-MT", "-MQ"];

    // With one more argument they would make another object.
    private static readonly string[] RecordsArguments = ["-frecord-gcc-switches", "-frecord-command-line", "-grecord-command-line"];

    public string Name { get; } = name;

    protected OptionTable Options { get; } = options;

    public virtual CommandVerdict Parse(CompileCommand command) => GccParser.Parse(Options, command, DriverName.IsCxx(command.Compiler));

    public abstract IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict);

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        List<string> added = ["-o", objectPath, parsed.Has("-MMD") && !parsed.Has("-MD") ? "-MMD" : "-MD", "-MF", dependencyFile];
        if (!parsed.Arguments.Any(argument => DependencyTargets.Contains(argument.Name)))
        {
            added.AddRange(["-MQ", verdict.Object]);
        }

        return parsed.With(argument => argument.Role != OptionRole.Object && argument.Name is not ("-MD" or "-MMD" or "-MF"), added);
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

    public bool ReportsEveryFile(CompileCommand command)
    {
        GccCommand parsed = GccCommand.Read(Options, command);
        return parsed.Has("-MD") || !parsed.Has("-MMD");
    }

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        new(driver, [.. job.Arguments, .. TextArguments(job), "-c", input, "-o", output], workingDirectory, environment);

    public abstract bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment);

    public string? Refuse(RemoteJob job) => remote.Refuse(job);

    public virtual string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => PreprocessedText.Refuse(text, SourceLanguage.IsExpanded(job.Language));

    public virtual string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => null;

    public virtual IncludeFolders Includes(CompileCommand command) => GccIncludeFolders.Of(GccCommand.Read(Options, command), command.Environment);

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => GccIncludeFolders.Query(verdict.Language, verdict.KeyArguments);

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => GccIncludeFolders.ReadSystem(printed);

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => DependencyRules.Read(dependencyFile);

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => LineMarkers.Read(text);

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => GccDiagnostics.Read(printed);

    /// <summary>What a compile of the text needs besides the job's own arguments.</summary>
    protected abstract IEnumerable<string> TextArguments(RemoteJob job);

    /// <summary>The command without output and dependencies, printing its text to standard output.</summary>
    protected CompileCommand Print(CompileCommand command, params string[] added) =>
        GccCommand.Read(Options, command).With(argument => argument.Role is not (OptionRole.Object or OptionRole.Compile or OptionRole.Dependencies), added);
}
