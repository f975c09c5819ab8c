using System.Buffers;
using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>
/// Grants a slot and compiles what the client sends for it. Nothing is executed whose toolchain is not in this agent's list or whose arguments its family refuses.
/// A key that is here or being compiled already is not compiled again: the slot goes back and the result is shared.
/// </summary>
internal sealed class CompileRequest(RequestSession session, ushort stream, Lease lease) : ServerRequest(session, stream)
{
    private readonly UploadedText _upload = new(stream, session.Services.Limits);

    public override async Task<WireMessage> HandleAsync(CancellationToken cancellationToken)
    {
        if (Services.Compiles.Toolchains.FirstOrDefault(one => one.Digest == lease.Toolchain) is not { } toolchain)
        {
            return Declined.Because(DeclineReason.Toolchain, "this agent does not have the compiler");
        }

        IDisposable? slot;
        try
        {
            slot = await TryAcquireAsync(cancellationToken);
        }
        catch (NoSlotsException e)
        {
            return Declined.Because(DeclineReason.Memory, e.Message);
        }

        if (slot is null)
        {
            return Declined.Because(DeclineReason.Stopping, "this agent is going away");
        }

        using SlotHold hold = new(slot);
        _upload.Grant();
        await SendAsync(new Granted((uint)Services.Limits.Lease.TotalMilliseconds), cancellationToken);
        try
        {
            Compile? compile = await _upload.WaitForCompileAsync(cancellationToken);
            return compile is null ? Signal.Cancelled : await CompileAsync(toolchain, compile, hold, cancellationToken);
        }
        catch (TimeoutException e)
        {
            return Declined.Because(DeclineReason.Expired, e.Message);
        }
        finally
        {
            _upload.Drop();
        }
    }

    public override void OnMessage(WireMessage message) => _upload.OnMessage(message);

    public override void OnChunk(ReadOnlySequence<byte> data) => _upload.OnChunk(data);

    private async Task<IDisposable?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Services.Stopping);
        try
        {
            return await Services.Slots.AcquireAsync(Session.Client, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<WireMessage> CompileAsync(Toolchain toolchain, Compile compile, SlotHold slot, CancellationToken cancellationToken)
    {
        if (Refuse(toolchain, compile) is { } refusal)
        {
            RequestLog.Refused(Services.Logger, Session.Client, refusal.Text);
            return refusal;
        }

        if (Services.InFlight.TryJoin(compile.Key) is { } running)
        {
            slot.Dispose();
            _upload.Drop();
            return await ShareAsync(running, cancellationToken);
        }

        if (Services.State.Store.TryGet(compile.Key) is { } stored)
        {
            slot.Dispose();
            return await ReplyAsync(Succeeded(stored), cancellationToken);
        }

        byte[] text = await _upload.WaitForTextAsync(cancellationToken);
        if (toolchain.Family.RefuseText(compile.Job, text) is { } why)
        {
            RequestLog.Refused(Services.Logger, Session.Client, why);
            return Declined.Because(DeclineReason.Text, "the text is refused: " + why);
        }

        // The slot belongs to the compile from here on: this request may be cancelled while others wait for it.
        IDisposable own = slot.Take();
        (InFlightCompile started, bool isFirst) = Services.InFlight.JoinOrStart(
            compile.Key, Session.Client, toolchain.Name, token => RunAsync(toolchain, compile, text, own, token));
        if (!isFirst)
        {
            own.Dispose();
            return await ShareAsync(started, cancellationToken);
        }

        return await ReplyAsync(await started.WaitAsync(cancellationToken), cancellationToken);
    }

    private static Declined? Refuse(Toolchain toolchain, Compile compile) =>
        compile.Toolchain != toolchain.Digest ? Declined.Because(DeclineReason.Toolchain, "the lease was granted for another compiler")
        : compile.Job.Family != toolchain.Family.Name
            ? Declined.Because(DeclineReason.Arguments, $"the compiler is of the family '{toolchain.Family.Name}', not '{compile.Job.Family}'")
        : toolchain.Family.Refuse(compile.Job) is { } why ? Declined.Because(DeclineReason.Arguments, why)
        : null;

    private async Task<WireMessage> ShareAsync(InFlightCompile running, CancellationToken cancellationToken)
    {
        RemoteCompileResult result = await running.WaitAsync(cancellationToken);
        return await ReplyAsync(result with { FromStore = true }, cancellationToken);
    }

    private async Task<RemoteCompileResult> RunAsync(Toolchain toolchain, Compile compile, byte[] text, IDisposable slot, CancellationToken cancellationToken)
    {
        ObjectStore store = Services.State.Store;
        RemoteCompileResult result;
        using (slot)
        {
            // Another client's compile of it may have ended while this text came in.
            if (store.TryGet(compile.Key) is { } stored)
            {
                return Succeeded(stored);
            }

            result = await Services.Compiles.CompileAsync(toolchain.Digest, compile.Job, text, cancellationToken);
        }

        if (result.Result is not { } made || (made.HasWords && !compile.SameWords))
        {
            return result;
        }

        if (!store.TryAdd(compile.Key, made, Services.State.Name))
        {
            RequestLog.NotKept(Services.Logger, compile.Key, store.Problem ?? "the store refused it");
        }

        return result with { IsForAll = true };
    }

    private async Task<WireMessage> ReplyAsync(RemoteCompileResult result, CancellationToken cancellationToken)
    {
        if (result.ExitCode is not { } exitCode)
        {
            return Declined.Because(DeclineReason.Failed, result.Errors);
        }

        CompiledResult content = result.Result ?? new CompiledResult(default, Encoding.UTF8.GetBytes(result.Output), Encoding.UTF8.GetBytes(result.Errors));
        if (ResultContent.Describe(content) is not { } header)
        {
            return Declined.Because(DeclineReason.TooLarge, $"the result is larger than {WireLimits.MaxContent} bytes");
        }

        if (result.FromStore)
        {
            Services.Census.Gave();
        }

        await SendAsync(new Result(exitCode, result.FromStore, header), cancellationToken);
        await ResultContent.SendAsync(Session.Channel, Stream, content, cancellationToken);
        return Signal.End;
    }

    private static RemoteCompileResult Succeeded(CompiledResult stored) => new(stored, 0, "", FromStore: true) { IsForAll = true };
}
