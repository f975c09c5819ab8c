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

    /// <summary>The ways to preprocess this unit to standard output, best first; the next is tried when a text does not compile.</summary>
    IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict);

    /// <summary>The compile of the source itself, to another object path, with the files it read reported to <paramref name="dependencyFile"/>.</summary>
    CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile);

    /// <summary>The compile of a preprocessed text on an agent.</summary>
    /// <param name="input">The text's file; its name carries no meaning.</param>
    CompileCommand CompileText(RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment);

    /// <summary>Null when the job's arguments all pass the allow list for compiling preprocessed text, else the first that does not and why.</summary>
    string? Refuse(RemoteJob job);

    /// <summary>The files a compile read, as the dependency file spells them.</summary>
    IReadOnlyList<string> ReadDependencies(string dependencyFile);

    /// <summary>The files a preprocessed text came from, as its line markers spell them.</summary>
    IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text);

    /// <summary>Errors and warnings out of what the compiler printed, in order.</summary>
    IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed);
}

/// <summary>One way to preprocess, and how the text is compiled afterwards.</summary>
/// <param name="Command">Prints the text to standard output.</param>
/// <param name="Job">What an agent needs besides the text.</param>
public sealed record PreprocessPlan(CompileCommand Command, RemoteJob Job);

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
