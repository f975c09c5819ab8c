using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// GNU C and C++. The first plan keeps macros unexpanded (<c>-fdirectives-only</c>): its text compiles to the same object, debug columns and
/// diagnostics included, as the source. The second expands them, for the sources the first one fails on.
/// </summary>
internal sealed class GccFamily() : GccLikeFamily("gcc", () => new OptionTable(endOfOptions: false, GccOptions.Shared, GccOptions.GccOnly), () => RemoteArguments.Gcc)
{
    private readonly SourceWords _words = new();

    public override CommandVerdict Parse(CompileCommand command)
    {
        CommandVerdict verdict = base.Parse(command);
        return verdict is CommandVerdict.Cacheable { KeyArguments: IReadOnlyList<string> key }
            && key.Any(argument => argument.StartsWith("-flto", StringComparison.Ordinal))
            && !key.Any(argument => argument.StartsWith("-frandom-seed=", StringComparison.Ordinal))
                ? new CommandVerdict.RunLocally("-flto", "link-time objects differ from run to run without -frandom-seed")
                : verdict;
    }

    // A precompiled header that stands beside a header must show in the text: without -fpch-preprocess the text is complete and the compile of
    // the source silently uses the precompiled one.
    public override IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict) =>
    [
        new(Print(command, "-E", "-fdirectives-only", "-fpch-preprocess"), new RemoteJob(Name, verdict.Language, verdict.KeyArguments)),
        new(Print(command, "-E", "-fpch-preprocess"), new RemoteJob(Name, SourceLanguage.Expanded(verdict.Language), verdict.KeyArguments)) { Expanded = true },
    ];

    public override Task<IReadOnlyList<string>> NameProcessorAsync(
        string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken) =>
        GccProcessor.NameAsync(language, arguments, question, cancellationToken);

    public override IncludeFolders Includes(CompileCommand command) => base.Includes(command) with { TakesPrecompiled = true };

    // A caret needs the source's line, which no agent has.
    public override bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) =>
        !SourceLanguage.IsExpanded(job.Language) && job.Arguments.Contains("-fno-diagnostics-show-caret") && CompilerLocale.Of(environment) == AgentLocale.Name;

    public override string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) =>
        base.RefuseText(job, text)
        ?? (GccPragmas.DefineMacros(text) ? "a pragma sets targets or optimization, which gcc's preprocessor does not see" : null)
        ?? (!SourceLanguage.IsExpanded(job.Language) && GccPragmas.SpeakToPreprocessor(text) ? "a _Pragma speaks to the preprocessor" : null);

    public override string? RefuseFiles(RemoteJob job, IEnumerable<string> files) =>
        SourceLanguage.IsExpanded(job.Language) ? null : files.Select(_words.Find).FirstOrDefault(word => word is not null) is string found
            ? $"the unexpanded text leaves out a pragma ({found})"
            : null;

    // With -fdirectives-only an #include in a text would still be obeyed, and a caret in a diagnostic would show a line of whatever file of the
    // agent a line marker names.
    protected override IEnumerable<string> TextArguments(RemoteJob job, string output) => SourceLanguage.IsExpanded(job.Language)
        ? ["-fno-diagnostics-show-caret", "-x", job.Language]
        : ["-fno-diagnostics-show-caret", "-fmax-include-depth=0", "-x", job.Language, "-fpreprocessed", "-fdirectives-only"];
}
