using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Refuses what would fill the agent's store to a client that may only fetch.</summary>
internal sealed class ForbiddenRequest(RequestSession session, ushort stream) : ServerRequest(session, stream)
{
    public override Task<WireMessage> HandleAsync(CancellationToken cancellationToken) => Task.FromResult<WireMessage>(
        Declined.Because(DeclineReason.Role, "a client with the read-only key may fetch, and neither compile here nor give anything to keep"));
}
