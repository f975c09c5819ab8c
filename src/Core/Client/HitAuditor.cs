using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>Compares hits with what the compiler here makes (DistBuildVerify): a cache that is wrong is found before its users find it.</summary>
internal sealed class HitAuditor(BuildSession session, SourceSnapshot files, FinishedUnits finished)
{
    /// <summary>Puts a hit aside to be compiled here first, if it is one of the sample.</summary>
    public bool Takes(UnitWork work, UnitOutcome outcome, string? agent, string producer, CompiledResult result)
    {
        if (outcome is not (UnitOutcome.LocalHit or UnitOutcome.AgentHit) || work.Audit is not null || !session.Sample.Next())
        {
            return false;
        }

        // The store uses the result's memory again.
        work.Audit = new AuditedHit(outcome, agent, producer, result.Copy());
        work.LocalOnly = true;
        return true;
    }

    /// <summary>
    /// Compares a hit with what was compiled here: true when both are the same; null when that cannot be told, because a file may have changed since the key was made. A hit that differs
    /// is reported and leaves the local store.
    /// </summary>
    public bool? Judge(UnitWork work, AuditedHit hit, LocalCompile compile)
    {
        bool? verified = Compare(work, hit, compile);
        work.Reason = verified switch
        {
            true => null,
            false => "the result that was found is not what the compiler here makes",
            null => "a result was found, but could not be compared with what the compiler here makes: a file it reads may have changed during the build",
        };
        if (verified is false)
        {
            session.Store.Remove(work.Prepared!.Key!.Value);
            finished.Report(BuildDiagnostics.HitDiffers, Describe(work, hit, compile));
        }

        return verified;
    }

    private bool? Compare(UnitWork work, AuditedHit hit, LocalCompile compile)
    {
        CompileCommand command = work.Unit.Command;
        IEnumerable<string> inputs = compile.Inputs?.Files ?? work.Prepared!.Inputs;
        if (inputs.Any(input => files.MayHaveChanged(command.FullPath(input))))
        {
            return null;
        }

        return compile.Object is { } made && ObjectFileContent.AreEqual(hit.Result.Object.Span, made);
    }

    private static object[] Describe(UnitWork work, AuditedHit hit, LocalCompile compile) =>
    [
        work.Unit.Name,
        Digest.Of(hit.Result.Object.Span),
        compile.Object is { } made ? Digest.Of(made) : FormattableString.Invariant($"no object (exit code {compile.Run.ExitCode})"),
        hit.Producer.Length > 0 ? hit.Producer : "an unknown machine",
    ];
}

/// <summary>A hit that is being compiled here to see whether it is right.</summary>
/// <param name="Agent">Who had it, or null for the local store.</param>
/// <param name="Producer">Who compiled it, as far as is known.</param>
internal sealed record AuditedHit(UnitOutcome Outcome, string? Agent, string Producer, CompiledResult Result);
