namespace DistBuild.Core.Units.Reports;

/// <summary>What one project's compile step did: the JSON report of <c>DistBuildReport</c>.</summary>
public sealed record BuildReport(string Project, string Configuration, string Platform, IReadOnlyList<UnitResult> Units)
{
    /// <summary>Version of the JSON; raised when a field changes its meaning or goes away. 1: first.</summary>
    public const int Schema = 1;

    public int Count(UnitOutcome outcome)
    {
        int count = 0;
        foreach (UnitResult unit in Units)
        {
            count += unit.Outcome == outcome ? 1 : 0;
        }

        return count;
    }
}
