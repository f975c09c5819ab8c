using System.Globalization;
using DistBuild.Tasks.Toolsets.Msvc;

namespace DistBuild.Tasks.Compiling;

/// <summary>What the task's parameters mean to the toolset of cl's kind.</summary>
internal static class ClSetup
{
    private const string Program = "cl.exe";

    public static ClToolsetOptions OptionsOf(CompileUnits task) => new()
    {
        ProjectDirectory = task.ProjectDirectory,
        Root = TaskOptions.RootOf(task),
        VisualStudio = Major(task.VisualStudioVersion),
        ShownProgram = IsClang(task.PlatformToolset) ? ClToolset.ClangCl : Program,
        Program = Path.Combine(task.ClToolPath, task.ClToolExe.Length > 0 ? task.ClToolExe : Program),
        Platform = task.Platform,
        Compiler = task.ClangCl,
        IncludePath = task.IncludePath,
        ExternalIncludePath = task.ExternalIncludePath,
        Environment = TaskOptions.ProcessEnvironment(),
    };

    /// <summary>Visual Studio's own clang toolset, and those that LLVM installed into it (<c>LLVM-vs2014</c>, <c>llvm</c>).</summary>
    private static bool IsClang(string toolset) =>
        toolset.Equals("ClangCL", StringComparison.OrdinalIgnoreCase) || toolset.StartsWith("llvm", StringComparison.OrdinalIgnoreCase);

    private static int Major(string version) =>
        int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : ClRule.VisualStudio2022;
}
