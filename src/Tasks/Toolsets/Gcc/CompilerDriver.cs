using DistBuild.Core.Compilers;

namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>The program of <c>CC</c> or <c>CXX</c> with the arguments it always gets.</summary>
/// <param name="IsClang">By the file name, also behind a launcher (<c>ccache clang</c>) or a link (<c>cc</c>): the two differ in a few arguments.</param>
internal sealed record CompilerDriver(string Program, IReadOnlyList<string> Arguments, bool IsClang)
{
    /// <param name="projectDirectory">Where a relative path with a separator (<c>../tools/gcc</c>) starts.</param>
    /// <param name="searchPath">The compilers' <c>PATH</c>.</param>
    public static CompilerDriver Parse(string setting, string fallback, string projectDirectory, string searchPath)
    {
        // A path with blanks may stand there unquoted, as it does in an environment variable.
        IReadOnlyList<string> words = File.Exists(setting.Trim()) ? [setting.Trim()] : WindowsArguments.Split(setting);
        string program = words.Count == 0 ? fallback : words[0];
        if (IsPath(program))
        {
            program = Path.GetFullPath(Path.Combine(projectDirectory, program));
        }

        string[] arguments = [.. words.Skip(1)];
        IEnumerable<string> launched = arguments.TakeWhile(argument => !argument.StartsWith("-", StringComparison.Ordinal));
        return new CompilerDriver(program, arguments, launched.Prepend(program).Any(name => SpeaksForClang(name, searchPath)));
    }

    private static bool IsPath(string program) => program.IndexOfAny(['/', Path.DirectorySeparatorChar]) >= 0;

    private static bool SpeaksForClang(string program, string searchPath)
    {
        if (Path.GetFileName(program).Contains("clang"))
        {
            return true;
        }

        IEnumerable<string> places = IsPath(program) ? [program] : searchPath.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program));
        return places.FirstOrDefault(File.Exists) is { } file && CompilerFamilies.ForDriver(file)?.Name == "clang";
    }
}
