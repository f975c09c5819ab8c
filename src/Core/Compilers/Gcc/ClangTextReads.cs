namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// What clang reads while it compiles a preprocessed text, in which it obeys every directive. Its driver asks for no dependencies of such an input, its compiler proper
/// lists them all the same: included and embedded files, and those whose presence was asked for.
/// </summary>
internal static class ClangTextReads
{
    public static string File(string output) => output + ".d";

    public static IEnumerable<string> Arguments(string output) =>
        ((string[])["-dependency-file", File(output), "-MT", "text", "-sys-header-deps"]).SelectMany(argument => (string[])["-Xclang", argument]);

    public static string? Refuse(string? reads, string input) =>
        reads is null ? "the compiler did not say which files it read"
        : DependencyRules.Read(reads).FirstOrDefault(file => file != input) is { } other ? $"the text makes the compiler read {other}"
        : null;
}
