using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>
/// Sources that a unity (jumbo) build compiles inside another file. Most are out of the list before we see it, and the unity files are in it. Where one is still there, only the project's
/// own compile step knows what becomes of it: compiled alone it may mean something else, or nothing.
/// </summary>
internal static class UnitySources
{
    public static bool IsOne(ITaskItem source) => string.Equals(source.GetMetadata("IncludeInUnityFile"), "true", StringComparison.OrdinalIgnoreCase);
}
