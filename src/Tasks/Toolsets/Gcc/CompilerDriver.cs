namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>The program of <c>CC</c> or <c>CXX</c> with the arguments it always gets.</summary>
internal sealed record CompilerDriver(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where gcc and clang differ, the file name decides, as it does for the compilers themselves.</summary>
    public bool IsClang => Path.GetFileName(Program).Contains("clang");

    /// <param name="projectDirectory">Where a relative path with a separator (<c>../tools/gcc</c>) starts.</param>
    public static CompilerDriver Parse(string setting, string fallback, string projectDirectory)
    {
        // A path with blanks may stand there unquoted, as it does in an environment variable.
        IReadOnlyList<string> words = File.Exists(setting.Trim()) ? [setting.Trim()] : WindowsArguments.Split(setting);
        if (words.Count == 0)
        {
            return new CompilerDriver(fallback, []);
        }

        string program = words[0];
        bool isPath = program.IndexOfAny(['/', Path.DirectorySeparatorChar]) >= 0;
        return new CompilerDriver(isPath ? Path.GetFullPath(Path.Combine(projectDirectory, program)) : program, [.. words.Skip(1)]);
    }
}
