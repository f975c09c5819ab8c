namespace DistBuild.Core.Compilers;

/// <summary>
/// A family whose compilers obey an <c>#include</c> or <c>#embed</c> in a preprocessed text. A compile of a text lists every file it read, so that an agent gives nothing
/// away of a file of its own: neither the object nor a diagnostic.
/// </summary>
public interface ITextReads
{
    /// <summary>Where a compile of a text to this output lists what it read.</summary>
    string ReadsFile(string output);

    /// <summary>Null when nothing but the text was read; else why the result must not leave the agent.</summary>
    /// <param name="reads">The content of <see cref="ReadsFile"/>; null when the compiler did not write it.</param>
    /// <param name="input">The text's file, as <see cref="ICompilerFamily.CompileText"/> was given it.</param>
    string? RefuseReads(string? reads, string input);
}
