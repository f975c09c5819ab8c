using DistBuild.Core.Compilers;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>Keeps what a batch made or fetched: results and manifests in the store.</summary>
internal sealed class ResultKeeper(BuildSession session, DirectKeyer direct, SourceSnapshot files)
{
    /// <summary>Stores what was compiled here, unless a file it read, or the compiler, may have changed since it was hashed; <see cref="UnitWork.NotKept"/> says why not.</summary>
    /// <returns>The result, for those who wait for it; null when it is nobody else's.</returns>
    public async Task<CompiledResult?> KeepCompiledAsync(UnitWork work, PreparedUnit prepared, LocalCompile compile, CancellationToken cancellationToken)
    {
        if (compile is not { Object: { Length: > 0 } made, Inputs: { } inputs })
        {
            work.NotKept = compile.Inputs is null ? "not kept: the compiler did not say which files it read" : "not kept: it makes no object";
            return null;
        }

        CompileCommand command = work.Unit.Command;
        (Toolchain? toolchain, _) = await session.Toolchains
            .IdentifyAsync(command.Compiler, command.WorkingDirectory, command.Environment, cancellationToken).ConfigureAwait(false);
        if (toolchain?.Digest != prepared.Toolchain.Digest)
        {
            work.NotKept = "not kept: the compiler changed during the build";
            return null;
        }

        SourceView view = files.In(command.WorkingDirectory);
        if (inputs.Files.Concat(prepared.Verdict.OtherInputs).FirstOrDefault(view.MayHaveChanged) is { } changing)
        {
            work.NotKept = $"not kept: a file it reads, {changing}, may have changed during the build";
            return null;
        }

        if (prepared is { Key: null, Direct: { } key })
        {
            ManifestEntry? entry = direct.Describe(key, command, inputs, isExpansionKnown: false);
            if (entry is null && direct.Describe(key, command, inputs, isExpansionKnown: true) is { } settled
                && await ExpandedText.IsWholeAsync(prepared, work.Unit, cancellationToken).ConfigureAwait(false) && !inputs.Files.Any(view.MayHaveChanged))
            {
                entry = settled;
            }

            if (entry is null)
            {
                session.Manifests.AddNone(key.Manifest);
                work.NotKept = "not kept: the contents of the files it reads do not decide its result; it is preprocessed from now on";
                return null;
            }

            prepared = prepared with { Key = entry.Result, Entry = entry, Inputs = inputs.Files };
            work.Prepared = prepared;
        }

        CompiledResult result = new(made, compile.Run.Output, compile.Run.Errors);
        if (!session.Store.TryAdd(prepared.Key!.Value, result, Environment.MachineName))
        {
            work.NotKept = session.Store.Problem is null ? "not kept: its result is larger than the store may be" : "not kept: the store takes no new results";
        }

        KeepManifest(prepared);
        return result;
    }

    /// <summary>Keeps a result that came from an agent, and what a unit with a known result read.</summary>
    /// <param name="agent">Null when the result is from the local store.</param>
    public void KeepFound(PreparedUnit prepared, CompiledResult result, string? agent)
    {
        if (agent is not null)
        {
            session.Store.TryAdd(prepared.Key!.Value, result, agent);
        }

        KeepManifest(prepared);
    }

    /// <summary>What the key of a unit is made of, for its notes.</summary>
    public (IReadOnlyList<KeyField> Fields, IReadOnlyList<KeyInput> Inputs) Explain(UnitWork work)
    {
        if (work.Prepared is not { } prepared)
        {
            return ([], []);
        }

        CompileCommand command = work.Unit.Command;
        List<KeyField> fields = [new KeyField("toolchain", $"{prepared.Toolchain.Name} ({prepared.Toolchain.Digest.ToString().Substring(0, 12)})")];
        foreach (KeyValuePair<string, string> field in DirectKeyer.Fields(prepared.Toolchain, command, prepared.Verdict))
        {
            // The number of values of a list, and the family, say nothing that the values and the toolchain do not say.
            if (field.Key != "family" && !field.Key.EndsWith("#", StringComparison.Ordinal))
            {
                fields.Add(new KeyField(field.Key, field.Value));
            }
        }

        IEnumerable<KeyInput> inputs = prepared.Entry is { } entry
            ? entry.Inputs.Select(input => new KeyInput(input.Path, input.Content))
            : prepared.Inputs.Select(input => new KeyInput(input, files.In(command.WorkingDirectory).Get(input).Content ?? default));
        return (fields, [.. inputs]);
    }

    private void KeepManifest(PreparedUnit prepared)
    {
        if (prepared is { Direct: { } key, Entry: { } entry, IsEntryKept: false })
        {
            session.Manifests.Add(key.Manifest, entry);
        }
    }
}
