namespace DistBuild.Core.Units;

/// <summary>One compiler invocation, as a build system would start it.</summary>
/// <param name="Compiler">The compiler's file: a full path, or a name to be found on PATH.</param>
/// <param name="Arguments">The arguments after the compiler, one element each, unquoted, response files not expanded.</param>
/// <param name="WorkingDirectory">A full path; relative paths in <paramref name="Arguments"/> start here.</param>
/// <param name="Environment">The whole environment the compiler would see.</param>
public sealed record CompileCommand(
    string Compiler,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A path of this command as a full path.</summary>
    public string FullPath(string path) => Path.GetFullPath(Path.Combine(WorkingDirectory, path));
}
