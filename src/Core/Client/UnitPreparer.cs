using System.Collections.Concurrent;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>
/// Finds out what a unit is to a cache: its verdict, its key, and its preprocessed text where somebody else may compile it. A unit whose manifest is known, here or on
/// the network, gets its key without a process; one that can only be compiled here gets it from the compile.
/// </summary>
internal sealed class UnitPreparer(BuildSession session, DirectKeyer direct, SourceSnapshot files)
{
    private readonly ConcurrentDictionary<(string Compiler, string Directory, object Environment), Lazy<Task<(Toolchain? Toolchain, string? Reason)>>> _toolchains = new();

    /// <summary>The toolchain of a command, looked for once per batch: it takes many looks at files. Whoever keeps a result made sure of it asks again.</summary>
    private Task<(Toolchain? Toolchain, string? Reason)> IdentifyAsync(CompileCommand command) =>
        _toolchains.GetOrAdd(
            (command.Compiler, command.WorkingDirectory, command.Environment),
            _ => new Lazy<Task<(Toolchain? Toolchain, string? Reason)>>(
                () => session.Toolchains.IdentifyAsync(command.Compiler, command.WorkingDirectory, command.Environment, CancellationToken.None))).Value;

    /// <summary>
    /// Fills <see cref="UnitWork.Prepared"/>, or <see cref="UnitWork.Reason"/> when the unit is not cacheable. Where there are agents, a unit without key is one whose
    /// manifest they should be asked for, and one without text is preprocessed in a second round, should nobody have its result.
    /// </summary>
    public async Task PrepareAsync(UnitWork work, CancellationToken cancellationToken)
    {
        CompileCommand command = work.Unit.Command;
        (Toolchain? toolchain, string? unknown) = await IdentifyAsync(command).ConfigureAwait(false);
        if (toolchain is null)
        {
            work.Reason = unknown;
            return;
        }

        work.Toolchain = toolchain;
        (CompileCommand? named, string? unnamed) = await session.Processors.ResolveAsync(toolchain, command).ConfigureAwait(false);
        if (named is null)
        {
            work.Reason = unnamed;
            return;
        }

        switch (toolchain.Family.Parse(named))
        {
            case CommandVerdict.Cacheable { DependencyFile: { } dependencyFile } when toolchain.Family is not IDependencyFiles:
                work.Reason = $"{dependencyFile}: a dependency file is written only by the compiler here";
                break;
            case CommandVerdict.Cacheable cacheable:
                await KeyAsync(work, named, toolchain, cacheable, cancellationToken).ConfigureAwait(false);
                break;
            case CommandVerdict.RunLocally local:
                work.Reason = $"{local.Argument}: {local.Why}";
                break;
            default:
                work.Reason = "the command does not compile one source to one object";
                break;
        }
    }

    private async Task KeyAsync(UnitWork work, CompileCommand command, Toolchain toolchain, CommandVerdict.Cacheable verdict, CancellationToken cancellationToken)
    {
        if (files.In(command.WorkingDirectory).Get(verdict.Source).Content is null)
        {
            work.Reason = $"{verdict.Source} is no file that can be read again";
            return;
        }

        // Objects that show where they were made are made here: nobody needs a text for them.
        bool mayBeSent = toolchain.Family is not ICompileReports && await session.Agents.AnybodyAsync(toolchain.Digest.Fingerprint).ConfigureAwait(false);
        DirectKey? key = await direct.FindAsync(toolchain, command, verdict).ConfigureAwait(false);
        Manifest? manifest = key is null ? null : session.Manifests.TryGet(key.Manifest);
        if (manifest is not null && direct.Match(manifest, command) is { } entry && (work.HasWaited || !(mayBeSent && entry.Result == work.SoughtKey)))
        {
            work.Prepared = new PreparedUnit(toolchain, verdict, entry.Result, KeyMode.Direct)
            {
                Direct = key,
                Entry = entry,
                IsEntryKept = ReferenceEquals(entry, manifest.Entries[0]),
                Inputs = entry.Paths(),
                Dependencies = verdict.DependencyFile is null ? null : await DependencyFile.OfAsync(entry, toolchain.Family, command, verdict, cancellationToken).ConfigureAwait(false),
            };
            return;
        }

        if (key is not null && manifest is not { Entries.Count: 0 } && !(mayBeSent && work.ManifestSought))
        {
            work.Prepared = new PreparedUnit(toolchain, verdict, null, KeyMode.Direct) { Direct = key };
            return;
        }

        await PreprocessAsync(work, command, toolchain, verdict, key, mayBeSent, cancellationToken).ConfigureAwait(false);
    }

    private async Task PreprocessAsync(
        UnitWork work, CompileCommand command, Toolchain toolchain, CommandVerdict.Cacheable verdict, DirectKey? directKey, bool mayBeSent, CancellationToken cancellationToken)
    {
        work.Prepared = null;
        foreach (PreprocessPlan plan in toolchain.Family.Preprocess(command, verdict))
        {
            (ProcessResult run, byte[]? rules) = await DependencyFile.PreprocessAsync(plan, toolchain.Family, command, verdict, work.Unit.Object, cancellationToken).ConfigureAwait(false);
            if (run.ExitCode != 0)
            {
                work.Reason = "it does not preprocess";
                continue;
            }

            byte[] text = plan.Prefix.Length == 0 ? run.Output : [.. plan.Prefix.Span, .. run.Output];
            IReadOnlyList<string> inputs = toolchain.Family.ReadLineMarkers(text);
            if ((toolchain.Family.RefuseText(plan.Job, text) ?? toolchain.Family.RefuseFiles(plan.Job, inputs.Select(command.FullPath))) is { } refusal)
            {
                work.Reason = refusal;
                continue;
            }

            ReadFiles read = DependencyFile.Read(rules, toolchain.Family, command, inputs);
            ManifestEntry? entry = directKey is null || read.Files.Any(files.In(command.WorkingDirectory).MayHaveChanged) ? null : direct.Describe(directKey, command, read, plan.Expanded);
            if ((entry?.Result ?? TextKey(command, toolchain, plan, text, inputs)) is not { } key)
            {
                work.Reason = "a file it reads cannot be read again";
                continue;
            }

            bool maySend = mayBeSent && WhyNotSent(toolchain, verdict, plan, run) is null;
            work.Reason = null;
            work.Prepared = new PreparedUnit(toolchain, verdict, key, entry is null ? KeyMode.Preprocessed : KeyMode.Direct)
            {
                Direct = directKey,
                Entry = entry,
                IsPreprocessed = true,
                Job = maySend ? plan.Job : null,
                Text = maySend ? text : ReadOnlyMemory<byte>.Empty,
                Inputs = read.Files,
                Dependencies = rules is null ? null : rules,
            };
            return;
        }
    }

    private static string? WhyNotSent(Toolchain toolchain, CommandVerdict.Cacheable verdict, PreprocessPlan plan, ProcessResult run) =>
        run.Errors.Length > 0 ? "the preprocessor has diagnostics of its own"
        : plan.Expanded && verdict.EmbedsWorkingDirectory ? "debug information of an expanded text has other columns"
        : toolchain.Family.Refuse(plan.Job);

    private Digest? TextKey(CompileCommand command, Toolchain toolchain, PreprocessPlan plan, byte[] text, IReadOnlyList<string> inputs)
    {
        List<Digest> contents = [];
        foreach (string input in plan.Expanded ? inputs : [])
        {
            if (files.In(command.WorkingDirectory).Get(input).Content is not { } content)
            {
                return null;
            }

            contents.Add(content);
        }

        return UnitKey.Of(toolchain.Digest, plan, Digest.Of(text), contents);
    }
}
