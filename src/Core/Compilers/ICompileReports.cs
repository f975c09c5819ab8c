using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>
/// A family whose compilers print their diagnostics to standard output, may list what they read among them, and write the full name of an object into it: so the
/// object is made in its place and under its name.
/// </summary>
public interface ICompileReports
{
    /// <summary>What a compile said of the files it read.</summary>
    /// <param name="command">As the project has it.</param>
    /// <param name="report">The content of the file it was to write; null when there is none.</param>
    /// <param name="output">What it printed to standard output.</param>
    CompileReport ReadReport(CompileCommand command, string? report, byte[] output);
}

/// <param name="Files">The source and all headers; null where it did not say all.</param>
/// <param name="Output">What the command itself would have printed.</param>
public sealed record CompileReport(IReadOnlyList<string>? Files, byte[] Output);
