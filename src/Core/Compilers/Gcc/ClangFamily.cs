using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// clang with gcc's command line. The first plan only puts included files in place (<c>-frewrite-includes</c>), the second also expands macros.
/// </summary>
internal sealed class ClangFamily() : GccLikeFamily("clang", () => new OptionTable(endOfOptions: true, GccOptions.Shared, ClangOptions.Differences), () => RemoteArguments.Clang), ITextReads
{
    // Conditions are decided while the text is made, the rest of it later: a condition that counts would count twice. So it must not compile.
    private static readonly string[] NoCountingConditions = ["-Wno-builtin-macro-redefined", "-D__COUNTER__=__COUNTER__ @"];

    public override CommandVerdict Parse(CompileCommand command)
    {
        CommandVerdict parsed = base.Parse(command);
        if (parsed is not CommandVerdict.Cacheable verdict)
        {
            return parsed;
        }

        return PrecompiledInclude(command) is string header ? new CommandVerdict.RunLocally("-include " + header, "a precompiled header stands beside it")
            : verdict.KeyArguments.Any(NamesDirectory) ? verdict with { EmbedsWorkingDirectory = false }
            : verdict;
    }

    public override Task<IReadOnlyList<string>> NameProcessorAsync(
        string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken) =>
        ClangProcessor.NameAsync(language, arguments, question, cancellationToken);

    public override IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        string[] arguments = [.. verdict.KeyArguments];
        if (verdict.EmbedsWorkingDirectory)
        {
            // The text does not say where it was made, the object does.
            arguments = [.. arguments, "-fdebug-compilation-dir=" + RecordedDirectory.Of(command)];
        }

        return
        [
            new(Print(command, ["-E", "-frewrite-includes", .. NoCountingConditions]), new RemoteJob(Name, verdict.Language, arguments))
            {
                Prefix = CommandLineMacros.Text(GccCommand.Read(Options, command), verdict.Source),
            },
            new(Print(command, "-E"), new RemoteJob(Name, SourceLanguage.Expanded(verdict.Language), arguments)) { Expanded = true },
        ];
    }

    private static bool NamesDirectory(string argument) =>
        argument.StartsWith("-fdebug-compilation-dir=", StringComparison.Ordinal) || argument.StartsWith("-ffile-compilation-dir=", StringComparison.Ordinal);

    public string ReadsFile(string output) => ClangTextReads.File(output);

    public string? RefuseReads(string? reads, string input) => ClangTextReads.Refuse(reads, input);

    public override IncludeFolders Includes(CompileCommand command) => base.Includes(command) with
    {
        AsksEveryIncluder = command.Arguments.Any(argument => argument.StartsWith("-fms-", StringComparison.Ordinal) || argument.Contains("msvc")),
    };

    // clang names the checksum of each source file in the line tables of DWARF 5, and a text has none.
    public override string? Refuse(RemoteJob job) => base.Refuse(job)
        ?? (DebugInformation.HasChecksums(job.Arguments) ? "debug information of a text lacks the checksums of the source's (-gdwarf-4 has none)" : null);

    // clang's words are not translated, and the text holds the lines that its carets show.
    public override bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) => !SourceLanguage.IsExpanded(job.Language);

    // clang expands macros in what is declared preprocessed, and takes the name of the object's source from its first line marker.
    protected override IEnumerable<string> TextArguments(RemoteJob job, string output) =>
    [
        "-Qunused-arguments", "-Wno-gnu-line-marker", .. ClangTextReads.Arguments(output),
        "-x", SourceLanguage.IsExpanded(job.Language) ? job.Language : SourceLanguage.Expanded(job.Language),
    ];

    // clang takes X.pch or X.gch for -include X without a word in the preprocessed text.
    private string? PrecompiledInclude(CompileCommand command) => GccCommand.Read(Options, command).Arguments
        .Where(argument => argument.Name == "-include" && (Exists(command, argument.Value + ".pch") || Exists(command, argument.Value + ".gch")))
        .Select(argument => argument.Value)
        .FirstOrDefault();

    private static bool Exists(CompileCommand command, string path)
    {
        string full = command.FullPath(path);
        return File.Exists(full) || Directory.Exists(full);
    }
}
