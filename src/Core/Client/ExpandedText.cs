using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>Has a unit's macros expanded where only that shows what its assembler statements do.</summary>
internal static class ExpandedText
{
    /// <summary>Whether the text says everything that the unit's object depends on.</summary>
    public static async Task<bool> IsWholeAsync(PreparedUnit prepared, TranslationUnit unit, CancellationToken cancellationToken)
    {
        ICompilerFamily family = prepared.Toolchain.Family;
        if (family.Preprocess(unit.Command, prepared.Verdict).FirstOrDefault(plan => plan.Expanded) is not { } plan)
        {
            return false;
        }

        try
        {
            (ProcessResult run, _) = await DependencyFile.PreprocessAsync(plan, family, unit.Command, prepared.Verdict, unit.Object, cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 && family.RefuseText(plan.Job, run.Output) is null;
        }
        catch (Exception e) when (e is ProcessStartException or ProcessOutputException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
