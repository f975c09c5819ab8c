namespace DistBuild.Core.Units.Reports;

/// <summary>The outcomes in the order and by the names of the JSON report.</summary>
public static class UnitOutcomes
{
    public static UnitOutcome[] All { get; } =
    [
        UnitOutcome.UpToDate, UnitOutcome.LocalHit, UnitOutcome.AgentHit, UnitOutcome.CompiledOnAgent, UnitOutcome.CompiledLocally, UnitOutcome.NotCacheable, UnitOutcome.Failed,
        UnitOutcome.LeftToProject,
    ];

    public static string Name(UnitOutcome outcome) => outcome switch
    {
        UnitOutcome.UpToDate => "upToDate",
        UnitOutcome.LocalHit => "localHit",
        UnitOutcome.AgentHit => "agentHit",
        UnitOutcome.CompiledOnAgent => "compiledOnAgent",
        UnitOutcome.CompiledLocally => "compiledLocally",
        UnitOutcome.NotCacheable => "notCacheable",
        UnitOutcome.LeftToProject => "leftToProject",
        _ => "failed",
    };

    /// <summary>Completes "42 units: 3 …" in a summary.</summary>
    public static string Phrase(UnitOutcome outcome) => outcome switch
    {
        UnitOutcome.UpToDate => "up to date",
        UnitOutcome.LocalHit => "from the local store",
        UnitOutcome.AgentHit => "from agents",
        UnitOutcome.CompiledOnAgent => "compiled on agents",
        UnitOutcome.CompiledLocally => "compiled here",
        UnitOutcome.NotCacheable => "compiled here, not cacheable",
        UnitOutcome.LeftToProject => "left to the project's own compiler",
        _ => "failed",
    };
}
