using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Placement;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Client;

/// <summary>Runs one batch to its end: workers on this machine, and a dispatcher for the agents where there are any.</summary>
internal sealed class BatchRunner
{
    private readonly BuildSession? _session;
    private readonly BuildRecords _records;
    private readonly UnitRecorder _recorder;
    private readonly FinishedUnits _finished;
    private readonly int _slots;
    private readonly IReadOnlyCollection<UnitWork> _units;
    private readonly Batch _batch;
    private readonly UnitTimes? _times;
    private readonly ElsewhereUnits? _elsewhere;
    private readonly UnitPreparer? _preparer;
    private readonly ResultKeeper? _keeper;
    private readonly HitAuditor? _auditor;
    private readonly AgentDispatcher? _agents;
    private readonly KeysInWork _inWork;

    public BatchRunner(
        BuildSession? session, BuildRecords records, FileStamps stamps, FinishedUnits finished, IBuildObserver observer, int slots, IReadOnlyCollection<UnitWork> units)
    {
        (_session, _records, _finished, _slots, _units) = (session, records, finished, slots, units);
        _inWork = session?.InWork ?? new KeysInWork();
        _times = session is null ? null : new UnitTimes(NotesFile.PathOf(session.Options.Store, records.Path, UnitTimes.Extension));
        _batch = new Batch(session is null ? [] : units, units.Count, _times);
        SourceSnapshot files = (session?.Sources ?? new SourceFiles()).Snapshot();
        _recorder = new UnitRecorder(records, stamps, files);
        if (session is null)
        {
            return;
        }

        _elsewhere = new ElsewhereUnits(_times!, session.Time);
        _agents = session.Agents.MayHelp ? new AgentDispatcher(session, _batch, _elsewhere, _times!, Deliver, observer) : null;
        DirectKeyer direct = new(files, session.SystemIncludes);
        _preparer = new UnitPreparer(session, direct, files);
        _keeper = new ResultKeeper(session, direct, files);
        _finished.Explain = _keeper.Explain;
        _auditor = new HitAuditor(session, files, _finished);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
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
            await (_agents?.Results.PayDebtsAsync(stop.Token) ?? Task.CompletedTask).ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await agents.ConfigureAwait(false);
            foreach (UnitWork work in _units)
            {
                await DropClaimAsync(work).ConfigureAwait(false);
            }

            _times?.Save();
        }
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
                        await CompileHereAsync(work!, null, stop.Token).ConfigureAwait(false);
                        break;
                    case LocalStep.Hold:
                        await Task.WhenAny(changed, Task.Delay(OtherSlot.AtOnce, stop.Token)).ConfigureAwait(false);
                        break;
                    case LocalStep.Wait:
                        if (await WaitAsync(mayCompile, changed, stop.Token).ConfigureAwait(false) is { } race)
                        {
                            await CompileHereAsync(race.Work, race, stop.Token).ConfigureAwait(false);
                        }

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

    /// <summary>Until something changes, or the time has come to race a unit that is late elsewhere.</summary>
    private async Task<ElsewhereRun?> WaitAsync(bool mayRace, Task changed, CancellationToken cancellationToken)
    {
        if (mayRace && _elsewhere is not null)
        {
            return await _elsewhere.RaceAsync(changed, cancellationToken).ConfigureAwait(false);
        }

        await changed.ConfigureAwait(false);
        return null;
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

        if (work.Prepared?.Key is { } key && (key != work.SoughtKey || work.HasWaited)
            && _session!.Store.Use(key, found => Deliver(work, UnitOutcome.LocalHit, null, found.Producer, found.Result)))
        {
            return;
        }

        bool mayAsk = work.Prepared is { } prepared && (prepared.Key is null || prepared.Key != work.SoughtKey) && !work.LocalOnly
            && _agents is not null && await _session!.Agents.AnybodyAsync().ConfigureAwait(false);
        work.Miss = work.WhyMissing(mayAsk);
        if (!mayAsk || !_agents!.Ask(work))
        {
            _batch.Ready(work);
        }
    }

    private bool Deliver(UnitWork work, UnitOutcome outcome, string? agent, CompiledResult result) => Deliver(work, outcome, agent, agent ?? "", result);

    /// <summary>Writes a result that was made elsewhere or earlier; false when the object cannot be written: then the compiler here has the last word.</summary>
    private bool Deliver(UnitWork work, UnitOutcome outcome, string? agent, string producer, CompiledResult result)
    {
        if (_auditor!.Takes(work, outcome, agent, producer, result))
        {
            _batch.Ready(work);
            return true;
        }

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
            work.Reason = $"the result that was found could not be written: {e.Message}";
            work.LocalOnly = true;
            return false;
        }

        PreparedUnit prepared = work.Prepared!;
        _keeper!.KeepFound(prepared, result, agent);
        _recorder.Record(work, prepared.Toolchain.Family, prepared.Verdict, [.. prepared.Inputs.Concat(prepared.Verdict.OtherInputs)], prepared.Direct?.Search);
        Finish(work, outcome, agent, 0, result.Output, result.Errors);
        return true;
    }

    /// <param name="race">The unit's way elsewhere, which this slot has joined; null when the unit is nowhere else.</param>
    private async Task CompileHereAsync(UnitWork work, ElsewhereRun? race, CancellationToken cancellationToken)
    {
        work.Begin();
        IDisposable? turn = _inWork.TryBegin(race is null ? work.NameInWork : null, () => _batch.Again(work.Waited()));
        using (turn)
        {
            await (turn is null ? Task.CompletedTask : CompileInTurnAsync(work, race, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task CompileInTurnAsync(UnitWork work, ElsewhereRun? race, CancellationToken cancellationToken)
    {
        if (race is null && _agents is not null && work.Audit is null && !await _agents.Results.ClaimAsync(work, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        ICompilerFamily? family = work.Toolchain?.Family ?? CompilerFamilies.ForDriver(work.Unit.Command.Compiler);
        CommandVerdict.Cacheable? verdict = work.Prepared?.Verdict ?? family?.Parse(work.Unit.Command) as CommandVerdict.Cacheable;
        LocalCompile? compile;
        try
        {
            compile = await LocalCompiler
                .CompileAsync(work.Unit, family, verdict, () => race?.TryWinHere() != false, race?.Here ?? cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (race is not null && !cancellationToken.IsCancellationRequested)
        {
            compile = null;
        }
        catch (Exception e) when (e is ProcessStartException or IOException or UnauthorizedAccessException)
        {
            // A hit that cannot be compared is still a hit, and what somebody else still compiles is no failure.
            if (race?.EndHere() != false && !(work.Audit is { } hit && Deliver(work, hit.Outcome, hit.Agent, hit.Producer, hit.Result)))
            {
                work.Reason = "the compiler here could not be run to its end";
                LocalCompiler.DeleteStale(work.Unit.Object);
                await FailAsync(work, -1, default, Encoding.UTF8.GetBytes(e.Message)).ConfigureAwait(false);
            }

            return;
        }

        if (race?.EndHere() == false || compile is null)
        {
            return;
        }

        work.Reason = race is null ? work.Reason : $"{race.Where} took longer than expected, and the compiler here was first";
        bool? verified = work.Audit is { } audited ? _auditor!.Judge(work, audited, compile) : null;
        work.IsDoubtful = verified is false;
        if (compile.Run.ExitCode != 0)
        {
            work.Reason ??= FormattableString.Invariant($"the compiler ended with exit code {compile.Run.ExitCode}; a failed compile is never kept");
            await FailAsync(work, compile.Run.ExitCode, compile.Run.Output, compile.Run.Errors, verified).ConfigureAwait(false);
            return;
        }

        _times?.Took(work.Unit.Object, new CompileTime(compile.Run.Elapsed, work.Prepared?.Text.Length ?? 0));
        if (work is { Audit: { } same, Prepared: { } known } && verified is true)
        {
            _keeper!.KeepFound(known, same.Result, same.Agent);
        }
        else if (work.Prepared is { } prepared && !(verified is false && work.Audit!.Outcome == UnitOutcome.LocalHit))
        {
            if (await _keeper!.KeepCompiledAsync(work, prepared, compile, cancellationToken).ConfigureAwait(false) is { } made)
            {
                _agents?.Results.MadeHere(work, made);
            }
        }

        await DropClaimAsync(work).ConfigureAwait(false);
        if (compile.Inputs is not null)
        {
            _recorder.Record(work, family, verdict, [.. compile.Inputs.Files.Concat(verdict?.OtherInputs ?? [])], work.Prepared?.Direct?.Search);
        }

        UnitOutcome outcome = verified is true ? work.Audit!.Outcome : _session is not null && work.Prepared is null ? UnitOutcome.NotCacheable : UnitOutcome.CompiledLocally;
        Finish(work, outcome, verified is true ? work.Audit!.Agent : null, 0, compile.Run.Output, compile.Run.Errors, verified);
    }

    private async Task FailAsync(UnitWork work, int exitCode, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> errors, bool? verified = null)
    {
        await DropClaimAsync(work).ConfigureAwait(false);
        _records.Forget(work.Unit.Object);
        Finish(work, UnitOutcome.Failed, null, exitCode, output, errors, verified);
    }

    /// <summary>A claim that nothing came of goes to the next who wants the key.</summary>
    private static ValueTask DropClaimAsync(UnitWork work) => work.Claim?.DisposeAsync() ?? default;

    private void Finish(
        UnitWork work, UnitOutcome outcome, string? agent, int exitCode, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> errors, bool? verified = null)
    {
        _finished.Add(work, outcome, agent, exitCode, output, errors, verified);
        _batch.Finished(work);
    }
}
