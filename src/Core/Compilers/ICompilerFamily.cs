using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>
/// One command line language of compilers (gcc's, clang's, cl's). Implementations are stateless: commands in, commands and verdicts out.
/// Every compiler flag of the product stands behind this interface.
/// </summary>
public interface ICompilerFamily
{
    /// <summary>Stable on the wire and in keys: <c>gcc</c>, <c>clang</c>, <c>clang-cl</c>, <c>cl</c>.</summary>
    string Name { get; }

    /// <summary>What the command means to a cache. Never throws on odd command lines: when in doubt, <see cref="CommandVerdict.RunLocally"/>.</summary>
    CommandVerdict Parse(CompileCommand command);

    /// <summary>
    /// The ways to preprocess this unit to standard output, best first. The next is tried when a plan's command fails, when <see cref="RefuseText"/>
    /// refuses its text, or when its text does not compile.
    /// </summary>
    IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict);

    /// <summary>
    /// The compile of the source itself, to another object path, with the files it read reported to <paramref name="dependencyFile"/>: what the command
    /// itself would have written to <see cref="CommandVerdict.Cacheable.DependencyFile"/>, if it asked for one with system headers.
    /// </summary>
    CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile);

    /// <summary>The command as it is, with the files it reads reported too; null when that would change what it does, or what it reports would not be all.</summary>
    CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile);

    /// <summary>
    /// A run beside the compile that only reports the files the command reads, for a compile that cannot report them without becoming another one; null where
    /// the compile does.
    /// </summary>
    CompileCommand? ListInputs(CompileCommand command, string dependencyFile);

    /// <summary>Whether <see cref="CompileSource"/> reports system headers too.</summary>
    bool ReportsEveryFile(CompileCommand command);

    /// <summary>
    /// The compile of a preprocessed text on an agent. Only for a job that <see cref="Refuse"/> and a text that <see cref="RefuseText"/> let pass.
    /// </summary>
    /// <param name="input">The text's file, whose name must end in <c>.i</c>: only so does clang take the object's name from the text.</param>
    CompileCommand CompileText(RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment);

    /// <summary>Whether a compile of the text on an agent, in <see cref="AgentLocale"/>, words its diagnostics as a compile of the source in this environment does.</summary>
    bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment);

    /// <summary>Null when the job's arguments all pass the allow list for compiling preprocessed text, else the first that does not and why.</summary>
    string? Refuse(RemoteJob job);

    /// <summary>
    /// Null when a preprocessed text says everything its object depends on; else why it does not, a phrase that completes "not cacheable: ".
    /// To be asked before the text is keyed, and by an agent before it compiles.
    /// </summary>
    string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text);

    /// <summary>
    /// Why a text that <see cref="RefuseText"/> let pass may still make the compiler read a file, as a phrase; null when nothing known to do so is in it. For an
    /// agent without a sandbox, where in doubt the client compiles elsewhere.
    /// </summary>
    string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text);

    /// <summary>Where the command makes the compiler look for headers.</summary>
    IncludeFolders Includes(CompileCommand command);

    /// <summary>Arguments that make the compiler print where it looks for its own headers.</summary>
    IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict);

    /// <summary>The folders out of what the query printed to standard error, or null.</summary>
    IReadOnlyList<string>? ReadSystemIncludes(string printed);

    /// <summary>As <see cref="RefuseText"/>, for what only the files show that the text came from. Not for agents, which have no files.</summary>
    /// <param name="files">Full paths of the files that <see cref="ReadLineMarkers"/> names.</param>
    string? RefuseFiles(RemoteJob job, IEnumerable<string> files);

    /// <summary>The files a compile read, as the dependency file spells them.</summary>
    IReadOnlyList<string> ReadDependencies(string dependencyFile);

    /// <summary>The files a preprocessed text came from, as its line markers spell them.</summary>
    IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text);

    /// <summary>Errors and warnings out of what the compiler printed, in order.</summary>
    IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed);
}

/// <summary>
/// One way to preprocess, and how the text is compiled afterwards. When the command prints anything to standard error, only a compile of the source
/// prints what it should: warnings of the preprocessor are missing from, or doubled by, a compile of the text.
/// </summary>
/// <param name="Command">Prints the text, without <see cref="Prefix"/>, to standard output.</param>
/// <param name="Job">What an agent needs besides the text.</param>
public sealed record PreprocessPlan(CompileCommand Command, RemoteJob Job)
{
    /// <summary>The beginning of the text, to stand before what the command prints, in the key and on the agent.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>
    /// Macros are expanded and white space is lost, so the text alone does not tell where in a line something stands: the key needs the contents of the
    /// files too, and a compile of the text that prints anything must be repeated from the source.
    /// </summary>
    public bool Expanded { get; init; }
}

/// <summary>A compile of preprocessed text: what crosses the network besides the text itself.</summary>
/// <param name="Family"><see cref="ICompilerFamily.Name"/>.</param>
/// <param name="Language">As gcc's <c>-x</c> names it.</param>
/// <param name="Arguments">Code generation arguments only; none names a file.</param>
public sealed record RemoteJob(string Family, string Language, IReadOnlyList<string> Arguments);

public enum DiagnosticSeverity
{
    Note,
    Warning,
    Error,
}

/// <summary>One diagnostic as a compiler prints it. Line and column count from 1; 0 is unknown.</summary>
/// <param name="Code">For gcc the flag in brackets (<c>-Wunused-variable</c>), for cl the number (<c>C4996</c>); empty when there is none.</param>
public sealed record CompilerDiagnostic(DiagnosticSeverity Severity, string File, int Line, int Column, string Code, string Message);
