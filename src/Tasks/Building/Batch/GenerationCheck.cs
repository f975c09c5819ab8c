namespace DistBuild.Tasks.Building.Batch;

/// <summary>
/// CMake's question whether its projects are older than the files they were made from, answered without CMake: the one that can make such projects is on
/// Windows. CMake compares the same times.
/// </summary>
internal static class GenerationCheck
{
    /// <summary>The first of the inputs that was changed after the projects were generated; null when none was, or nobody knows when that was.</summary>
    /// <param name="stamps">Full paths of the files that CMake touched when it generated.</param>
    public static string? Changed(IEnumerable<string> inputs, IEnumerable<string> stamps)
    {
        DateTime[] generated = [.. stamps.Where(File.Exists).Select(File.GetLastWriteTimeUtc)];
        return generated.Length == 0 ? null : inputs.FirstOrDefault(input => File.Exists(input) && File.GetLastWriteTimeUtc(input) > generated.Min());
    }
}
