using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Agent.Commands.Explaining;

/// <summary>What <c>explain</c> knows of one unit; its properties are the JSON face.</summary>
/// <param name="Project">The project's full path; empty for a command by hand.</param>
/// <param name="Configuration">Null when only the local store's notes tell of the unit.</param>
/// <param name="Outcome">As in the report.</param>
/// <param name="Keyed">As in the report: <c>direct</c>, <c>preprocessed</c> or null.</param>
/// <param name="When">Of the build, UTC; null when a report tells, which has no times.</param>
/// <param name="Changes">What became of its key since an earlier build; null when none is remembered, or it has no key.</param>
internal sealed record ExplainedUnit(
    string Project,
    string? Configuration,
    string? Platform,
    string Source,
    string Object,
    string Outcome,
    string? Keyed,
    string? Agent,
    string? Reason,
    string? OutOfDate,
    string? Key,
    DateTimeOffset? When,
    KeyChanges? Changes)
{
    public UnitOutcome? KnownOutcome => UnitOutcomes.All.Cast<UnitOutcome?>().FirstOrDefault(outcome => UnitOutcomes.Name(outcome!.Value) == Outcome);

    public string ConfigurationName => Configuration is { Length: > 0 } ? $"{Configuration}|{Platform}" : "";
}
