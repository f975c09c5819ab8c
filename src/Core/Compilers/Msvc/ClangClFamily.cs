using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// clang with cl's command line. The first plan only puts included files in place (<c>-frewrite-includes</c>), the second also expands macros.
/// </summary>
internal sealed class ClangClFamily : ICompilerFamily, ITextReads
{
    private const string NoPrecompiledHeader = "/Y-", FullPaths = "/FC", ToCompilerProper = "-Xclang";

    // As for clang with its own command line: a condition that counts would count twice, so it must not compile.
    private static readonly string[] NoCountingConditions = ["-Wno-builtin-macro-redefined", "/D__COUNTER__=__COUNTER__ @"];

    private readonly ClParser _parser = new(new FileDigests());

    public string Name => "clang-cl";

    public CommandVerdict Parse(CompileCommand command) => _parser.Parse(Read(command));

    public IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        ClCommand parsed = Read(command);
        List<string> arguments = [.. verdict.KeyArguments];
        if (ClPrecompiledHeader.UsedBy(parsed) is { } header)
        {
            // Agents do not accept /Yu, so such a unit is compiled here.
            arguments.Add(ComesFirst(parsed, verdict.Source, header) ? NoPrecompiledHeader : "/Yu" + header.Header);
        }

        if (ClDebugInformation.IsOn(parsed))
        {
            arguments.AddRange(ClDebugInformation.Recorded(parsed, verdict.Object));
        }

        return
        [
            new(parsed.Print(["/E", "/clang:-frewrite-includes", .. NoCountingConditions]), new RemoteJob(Name, verdict.Language, arguments))
            {
                Prefix = CommandLineMacros.Text(Macros(parsed), verdict.Source),
            },
            new(parsed.Print(["/E"]), new RemoteJob(Name, SourceLanguage.Expanded(verdict.Language), arguments)) { Expanded = true },
        ];
    }

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile)
    {
        ClCommand parsed = Read(command);
        List<string> added = ["/Fo" + objectPath];
        if (ClDebugInformation.IsCodeView(parsed))
        {
            added.AddRange([ToCompilerProper, ClDebugInformation.ObjectName(parsed, verdict.Object)]);
        }

        if (!ClDebugInformation.RecordsCommandLine(parsed))
        {
            added.AddRange(Dependencies("-MD", dependencyFile));
        }

        return parsed.With(argument => argument.Role != ClRole.Object, added);
    }

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile)
    {
        ClCommand parsed = Read(command);
        return parsed.IsOneCompile && !ClDebugInformation.RecordsCommandLine(parsed) ? parsed.With(_ => true, Dependencies("-MD", dependencyFile)) : null;
    }

    public CompileCommand? ListInputs(CompileCommand command, string dependencyFile)
    {
        ClCommand parsed = Read(command);
        return parsed.IsOneCompile && ClDebugInformation.RecordsCommandLine(parsed)
            ? parsed.With(argument => !ClCommand.IsLeftOutOfText(argument), Dependencies("-M", dependencyFile))
            : null;
    }

    public bool ReportsEveryFile(CompileCommand command) => true;

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        string language = SourceLanguage.IsExpanded(job.Language) ? job.Language : SourceLanguage.Expanded(job.Language);

        // Full paths would be the agent's.
        IEnumerable<string> arguments = job.Arguments.Where(argument => argument != FullPaths);
        return new(
            driver,
            [.. arguments, "-Qunused-arguments", "-Wno-gnu-line-marker", .. ClangTextReads.Arguments(output), "/c", "/Fo" + output, "-x", language, "--", input],
            workingDirectory,
            environment);
    }

    public string ReadsFile(string output) => ClangTextReads.File(output);

    public string? RefuseReads(string? reads, string input) => ClangTextReads.Refuse(reads, input);

    // clang's words are not translated, and the text holds the lines that its carets show. What it says of a header that was compiled before, only the text would say.
    public bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) =>
        !SourceLanguage.IsExpanded(job.Language) && !job.Arguments.Contains(FullPaths) && !job.Arguments.Contains(NoPrecompiledHeader);

    public string? Refuse(RemoteJob job) => ClRemoteArguments.Refuse(job, Name);

    public string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => PreprocessedText.Refuse(text, SourceLanguage.IsExpanded(job.Language));

    public string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text) => AssemblerLiterals.Find(text);

    public IncludeFolders Includes(CompileCommand command) => ClIncludeFolders.Of(Read(command));

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => ClIncludeFolders.Query(verdict.Language, verdict.KeyArguments);

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => GccIncludeFolders.ReadSystem(printed);

    public string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => null;

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => DependencyRules.Read(dependencyFile);

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => LineMarkers.Read(text);

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => ClDiagnostics.Read(printed);

    private static ClCommand Read(CompileCommand command) => ClCommand.Read(ClDialect.ClangCl, command);

    private static string[] Dependencies(string option, string file) => ["/clang:" + option, "/clang:-MF" + file];

    private static IEnumerable<(bool Define, string Macro)> Macros(ClCommand parsed) =>
        parsed.Arguments.Where(argument => argument.Name is "/D" or "/U").Select(argument => (argument.Name == "/D", argument.Value));

    private static bool ComesFirst(ClCommand parsed, string source, ClPrecompiledHeader header)
    {
        try
        {
            return header.ComesFirst(
                File.ReadAllBytes(parsed.Whole.FullPath(source)), parsed.Arguments.Where(argument => argument.Name == "/FI").Select(argument => argument.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
