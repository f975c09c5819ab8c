using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>Finds out what a unit is to a cache: its verdict, its preprocessed text and its key.</summary>
internal sealed class UnitPreparer(ToolchainIdentifier toolchains, SourceSnapshot files, bool keepText)
{
    /// <summary>Fills <see cref="UnitWork.Prepared"/>, or <see cref="UnitWork.Reason"/> when the unit is not cacheable.</summary>
    public async Task PrepareAsync(UnitWork work, CancellationToken cancellationToken)
    {
        CompileCommand command = work.Unit.Command;
        (Toolchain? toolchain, string? unknown) = await toolchains
            .IdentifyAsync(command.Compiler, command.WorkingDirectory, command.Environment, cancellationToken).ConfigureAwait(false);
        if (toolchain is null)
        {
            work.Reason = unknown;
            return;
        }

        switch (toolchain.Family.Parse(command))
        {
            case CommandVerdict.Cacheable cacheable:
                await PreprocessAsync(work, toolchain, cacheable, cancellationToken).ConfigureAwait(false);
                break;
            case CommandVerdict.RunLocally local:
                work.Reason = $"{local.Argument}: {local.Why}";
                break;
            default:
                work.Reason = "the command does not compile one source to one object";
                break;
        }
    }

    private async Task PreprocessAsync(UnitWork work, Toolchain toolchain, CommandVerdict.Cacheable verdict, CancellationToken cancellationToken)
    {
        foreach (PreprocessPlan plan in toolchain.Family.Preprocess(work.Unit.Command, verdict))
        {
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(plan.Command), cancellationToken).ConfigureAwait(false);
            if (run.ExitCode != 0)
            {
                work.Reason = "it does not preprocess";
                continue;
            }

            byte[] text = plan.Prefix.Length == 0 ? run.Output : [.. plan.Prefix.Span, .. run.Output];
            if (toolchain.Family.RefuseText(plan.Job, text) is { } refusal)
            {
                work.Reason = refusal;
                continue;
            }

            IReadOnlyList<string> inputs = toolchain.Family.ReadLineMarkers(text);
            if (KeyOf(work.Unit.Command, toolchain, plan, text, inputs) is not { } key)
            {
                work.Reason = "a file it reads cannot be read again";
                continue;
            }

            work.Reason = null;
            string? whyNotSent = run.Errors.Length > 0 ? "the preprocessor has diagnostics of its own" : toolchain.Family.Refuse(plan.Job);
            work.Prepared = new PreparedUnit(
                toolchain,
                verdict,
                key,
                whyNotSent is null ? plan.Job : null,
                whyNotSent,
                plan.Expanded,
                keepText && whyNotSent is null ? text : ReadOnlyMemory<byte>.Empty,
                inputs);
            return;
        }
    }
    private Digest? KeyOf(CompileCommand command, Toolchain toolchain, PreprocessPlan plan, byte[] text, IReadOnlyList<string> inputs)
    {
        List<Digest> contents = [];
        foreach (string input in plan.Expanded ? inputs : [])
        {
            if (files.Get(command.FullPath(input)).Content is not { } content)
            {
                return null;
            }

            contents.Add(content);
        }

        return UnitKey.Of(toolchain.Digest, plan, Digest.Of(text), contents);
    }
}
