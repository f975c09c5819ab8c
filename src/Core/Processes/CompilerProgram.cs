using DistBuild.Core.Compilers;
using DistBuild.Core.Units;

namespace DistBuild.Core.Processes;

/// <summary>
/// The program behind a command's first word. The runtime looks a name up beside itself, in its own current directory and on its own PATH; the command means its working directory and its
/// PATH, and so does the toolchain its result is kept under.
/// </summary>
internal static class CompilerProgram
{
    /// <summary>The word itself where both mean the same file, because drivers print it in their messages; else the full path of what the command means.</summary>
    public static string Of(CompileCommand command)
    {
        string name = command.Compiler;
        return DriverFinder.Find(name, command.WorkingDirectory, command.Environment) is not { } meant || FoundByRuntime(name) == meant ? name : meant;
    }

    // On Windows the system looks in places of its own.
    private static string? FoundByRuntime(string name)
    {
        if (Path.DirectorySeparatorChar == '\\' || name.Contains('/') || IsIn(AppContext.BaseDirectory, name) || IsIn(RuntimeFolder, name) || IsIn(Directory.GetCurrentDirectory(), name))
        {
            return null;
        }

        return DriverFinder.Find(name, "/", new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" });
    }

    private static bool IsIn(string folder, string name) => File.Exists(Path.Combine(folder, name));

#if NET
    private static string RuntimeFolder { get; } = Path.GetDirectoryName(Environment.ProcessPath) ?? "/";
#else
    private static string RuntimeFolder => "/";
#endif
}
