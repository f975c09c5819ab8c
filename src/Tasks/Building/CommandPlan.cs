using DistBuild.Tasks.Building.Batch;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building;

/// <summary>What is to be done with the text of an event or custom build.</summary>
internal abstract record CommandPlan
{
    /// <summary>Run it by sh.</summary>
    public sealed record Run(string Shell) : CommandPlan;

    /// <summary>It cannot run here; the diagnostic's text takes who, then these values.</summary>
    public sealed record Skip(BuildingDiagnostic Diagnostic, params string[] Values) : CommandPlan;

    /// <summary>CMake asks whether the projects are out of date.</summary>
    public sealed record CheckGeneration(bool WholeSolution) : CommandPlan;

    public static CommandPlan For(string text, ProjectPaths paths, IReadOnlyDictionary<string, string> environment)
    {
        if (CommandText.BatchEvidence(text) is not { } evidence)
        {
            return new Run(text);
        }

        return new CMakeScriptReader(paths, environment).Read(text) switch
        {
            CMakeScript.Runs(string shell) => new Run(shell),
            CMakeScript.Skipped(string command, string why) => new Skip(BuildingDiagnostics.CMakeCommandSkipped, command, why),
            CMakeScript.ChecksGeneration(bool whole) => new CheckGeneration(whole),
            _ => new Skip(BuildingDiagnostics.BatchSkipped, evidence),
        };
    }
}
