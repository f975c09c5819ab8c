using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The directory clang writes into debug information (llvm's <c>current_path</c>): PWD where it names the working directory, else the working
/// directory without symbolic links.
/// </summary>
internal static class RecordedDirectory
{
    public static string Of(CompileCommand command)
    {
        string directory = RealPath.Of(command.WorkingDirectory);
        return command.Environment.TryGetValue("PWD", out string? named) && named.StartsWith("/", StringComparison.Ordinal) && RealPath.Of(named) == directory
            ? named
            : directory;
    }
}
