using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>Runs one batch to its end: workers on this machine, and a dispatcher for the agents where there are any.</summary>
internal sealed class BatchRunner
{
    private readonly BuildSession? _session;
    private readonly BuildRecords _records;
    private readonly UnitRecorder _recorder;
    private readonly IBuildObserver _observer;
    private readonly int _slots;
    private readonly IReadOnlyCollection<UnitWork> _units;
    private readonly Batch _batch;
    private readonly SourceSnapshot _files;
    private readonly DirectKeyer? _direct;
    private readonly UnitPreparer? _preparer;
    private readonly AgentDispatcher? _agents;
    private readonly List<UnitResult> _results = [];

    public BatchRunner(BuildSession? session, BuildRecords records, FileStamps stamps, IBuildObserver observer, int slots, IReadOnlyCollection<UnitWork> units)
    {
        (_session, _records, _observer, _slots, _units) = (session, records, observer, slots, units);
        _batch = new Batch(session is null ? [] : units, units.Count);
        _files = (session?.Sources ?? new SourceFiles()).Snapshot();
        _recorder = new UnitRecorder(records, stamps, _files);
        if (session is null)
        {
            return;
        }

        _agents = session.Agents.MayHelp ? new AgentDispatcher(session, _batch, Deliver, observer) : null;
        _direct = new DirectKeyer(_files, session.SystemIncludes);
        _preparer = new UnitPreparer(session, _direct, _files);
    }

    public async Task<IReadOnlyList<UnitResult>> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenRegistration wake = stop.Token.Register(_batch.Beat);
        if (_session is null)
        {
            foreach (UnitWork work in _units)
            {
                _batch.Ready(work);
            }
        }

        Task agents = _agents?.RunAsync(stop.Token) ?? Task.CompletedTask;
        Task[] workers = [.. Enumerable.Range(0, Math.Min(_slots, _units.Count)).Select(_ => Task.Run(() => WorkHereAsync(stop), CancellationToken.None))];
        try
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await agents.ConfigureAwait(false);
        }

        return _results;
    }

    private async Task WorkHereAsync(CancellationTokenSource stop)
    {
        try
        {
            bool mayCompile = _session?.Options.LocalSlots is not 0;
            while (true)
            {
                Task changed = _batch.Changed;
                stop.Token.ThrowIfCancellationRequested();
                switch (_batch.NextHere(mayCompile, out UnitWork? work))
                {
                    case LocalStep.Prepare:
                        await PrepareAsync(work!, stop.Token).ConfigureAwait(false);
                        break;
                    case LocalStep.Compile:
                        await CompileHereAsync(work!, stop.Token).ConfigureAwait(false);
                        break;
                    case LocalStep.Wait:
                        await changed.ConfigureAwait(false);
                        break;
                    default:
                        return;
                }
            }
        }
        catch
        {
            // One worker's end by an exception is the batch's end: the others would wait for its unit for ever.
            stop.Cancel();
            throw;
        }
    }

    private async Task PrepareAsync(UnitWork work, CancellationToken cancellationToken)
    {
        work.Begin();
        try
        {
            await _preparer!.PrepareAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException e)
        {
            work.Reason = e.Message;
        }
        finally
        {
            _batch.Prepared(work);
        }

        if (work.Prepared?.Key is { } key)
        {
            if (_session!.Store.TryGet(key) is { } found && Deliver(work, UnitOutcome.LocalHit, null, found))
            {
                return;
            }

            if (!work.LocalOnly && _agents is not null && await _session.Agents.AnybodyAsync().ConfigureAwait(false) && _agents.Ask(work))
            {
                return;
            }
        }

        _batch.Ready(work);
    }

    /// <summary>Writes a result that was made elsewhere or earlier; false when the object cannot be written: then the compiler here has the last word.</summary>
    private bool Deliver(UnitWork work, UnitOutcome outcome, string? agent, CompiledResult result)
    {
        try
        {
            if (work.Prepared!.Verdict.DependencyFile is { } wanted)
            {
                AtomicFile.Write(work.Unit.Command.FullPath(wanted), work.Prepared.Dependencies ?? throw new IOException($"{wanted} cannot be made"), CancellationToken.None);
            }

            AtomicFile.Write(work.Unit.Object, result.Object, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            work.Reason = e.Message;
            work.LocalOnly = true;
            return false;
        }

        PreparedUnit prepared = work.Prepared!;
        if (agent is not null)
        {
            _session!.Store.TryAdd(prepared.Key!.Value, result, agent);
        }

        KeepManifest(prepared);
        _recorder.Record(work, prepared.Toolchain.Family, prepared.Verdict, prepared.Inputs, prepared.Direct?.Search);
        Finish(work, outcome, agent, 0, Text(result.Output), Text(result.Errors));
        return true;
    }

    private async Task CompileHereAsync(UnitWork work, CancellationToken cancellationToken)
    {
        if (_session is null)
        {
            work.Begin();
        }

        ICompilerFamily? family = work.Prepared?.Toolchain.Family ?? CompilerFamilies.ForDriver(work.Unit.Command.Compiler);
        CommandVerdict.Cacheable? verdict = work.Prepared?.Verdict ?? family?.Parse(work.Unit.Command) as CommandVerdict.Cacheable;
        LocalCompile compile;
        try
        {
            compile = await LocalCompiler.CompileAsync(work.Unit, family, verdict, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ProcessStartException or IOException or UnauthorizedAccessException)
        {
            _records.Forget(work.Unit.Object);
            LocalCompiler.DeleteStale(work.Unit.Object);
            Finish(work, UnitOutcome.Failed, null, -1, "", e.Message);
            return;
        }

        if (compile.Run.ExitCode != 0)
        {
            _records.Forget(work.Unit.Object);
            Finish(work, UnitOutcome.Failed, null, compile.Run.ExitCode, Text(compile.Run.Output), Text(compile.Run.Errors));
            return;
        }

        if (work.Prepared is { } prepared && compile is { Object.Length: > 0, Inputs: { } inputs })
        {
            await KeepAsync(work, prepared, compile, inputs, cancellationToken).ConfigureAwait(false);
        }

        if (compile.Inputs is not null)
        {
            _recorder.Record(work, family, verdict, compile.Inputs.Files, work.Prepared?.Direct?.Search);
        }

        UnitOutcome outcome = _session is not null && work.Prepared is null ? UnitOutcome.NotCacheable : UnitOutcome.CompiledLocally;
        Finish(work, outcome, null, 0, Text(compile.Run.Output), Text(compile.Run.Errors));
    }

    /// <summary>Stores what was compiled here, unless a file it read, or the compiler, may have changed since it was hashed.</summary>
    private async Task KeepAsync(UnitWork work, PreparedUnit prepared, LocalCompile compile, ReadFiles inputs, CancellationToken cancellationToken)
    {
        CompileCommand command = work.Unit.Command;
        (Toolchain? toolchain, _) = await _preparer!.IdentifyNowAsync(command, cancellationToken).ConfigureAwait(false);
        if (toolchain?.Digest != prepared.Toolchain.Digest)
        {
            work.Reason = "the compiler changed during the build";
            return;
        }

        if (inputs.Files.Any(_files.In(command.WorkingDirectory).MayHaveChanged))
        {
            work.Reason = "a file it reads changed during the build";
            return;
        }

        if (prepared is { Key: null, Direct: { } direct })
        {
            ManifestEntry? entry = _direct!.Describe(direct, command, inputs);
            if (entry is null)
            {
                _session!.Manifests.AddNone(direct.Manifest);
                work.Reason = "the contents of the files it reads do not decide its result; it is preprocessed from now on";
                return;
            }

            prepared = prepared with { Key = entry.Result, Entry = entry };
        }

        _session!.Store.TryAdd(prepared.Key!.Value, new CompiledResult(compile.Object, compile.Run.Output, compile.Run.Errors), Environment.MachineName);
        KeepManifest(prepared);
    }

    private void KeepManifest(PreparedUnit prepared)
    {
        if (prepared is { Direct: { } direct, Entry: { } entry })
        {
            _session!.Manifests.Add(direct.Manifest, entry);
        }
    }

    private void Finish(UnitWork work, UnitOutcome outcome, string? agent, int exitCode, string output, string errors)
    {
        UnitResult result = new(work.Unit, outcome, work.Prepared?.Mode, agent, work.Reason, work.Elapsed, exitCode, output, errors);
        lock (_results)
        {
            _results.Add(result);
            _observer.Finished(result, _results.Count, _units.Count);
        }

        _batch.Finished(work);
    }

    private static string Text(ReadOnlyMemory<byte> printed) => Encoding.UTF8.GetString(printed.ToArray());
}
