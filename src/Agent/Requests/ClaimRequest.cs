using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Makes sure that one client at a time compiles a key, and tells the others where its result is.</summary>
internal sealed class ClaimRequest(RequestSession session, ushort stream, Claim claim) : ServerRequest(session, stream)
{
    private readonly TaskCompletionSource<Settle> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClaimPlace? _claimed;

    public override async Task<WireMessage> HandleAsync(CancellationToken cancellationToken)
    {
        bool retry = claim.Retry, wasTold = false;
        while (true)
        {
            if (await StoredResult.TrySendAsync(Session, Stream, claim.Key, cancellationToken))
            {
                return Signal.End;
            }

            using ClaimPlace place = Services.Claims.Enter(claim.Key, retry);
            if (!place.Turn.IsCompleted && !wasTold)
            {
                await SendAsync(Signal.Taken, cancellationToken);
                wasTold = true;
            }

            ClaimTurn turn = await place.Turn.WaitAsync(cancellationToken);
            if (turn.IsMine)
            {
                _claimed = place;
                await SendAsync(Signal.Claimed, cancellationToken);
                Settle settle = await _settled.Task.WaitAsync(cancellationToken);
                return new Settled(place.Settle(settle.Agent));
            }

            if (turn.Agent != Services.State.AgentId)
            {
                return new Elsewhere(turn.Agent);
            }

            // It was here a moment ago; should it be gone again, somebody has to compile it.
            retry = true;
        }
    }

    public override void OnMessage(WireMessage message)
    {
        if (_claimed is null || message is not Settle settle || !_settled.TrySetResult(settle))
        {
            throw ProtocolException.UnexpectedOnStream(message.Type, Stream);
        }
    }

    public override void OnSilence(TimeSpan silence)
    {
        if (silence >= Services.Limits.ClaimSilence)
        {
            _claimed?.PassOn();
        }
    }
}
