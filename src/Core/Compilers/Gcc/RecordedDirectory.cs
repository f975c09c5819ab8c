using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The directory that compilers write into debug information (llvm's <c>current_path</c>, libiberty's <c>getpwd</c>): PWD, however it is spelled, where
/// it names the working directory, else the working directory without symbolic links.
/// </summary>
internal static class RecordedDirectory
{
    public static string Of(CompileCommand command)
    {
        string directory = RealPath.Of(command.WorkingDirectory);
        return command.Environment.TryGetValue("PWD", out string? named) && named.StartsWith("/", StringComparison.Ordinal) && IsSame(named, directory)
            ? named
            : directory;
    }

    private static bool IsSame(string named, string directory) =>
        FileIdentity.TryRead(named, out FileIdentity one) && FileIdentity.TryRead(directory, out FileIdentity two) && one.Inode != 0
            ? one.Inode == two.Inode && one.Changed == two.Changed
            : RealPath.Of(named) == directory;
}
