using System.Net;
using DistBuild.Agent.Requests;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Connections;

/// <summary>Turns a question into this agent's answer.</summary>
/// <param name="certificate">SHA-256 of the TLS certificate; zeros without TLS.</param>
internal sealed class AnswerFactory(RequestServices services, IPEndPoint endPoint, Digest certificate)
{
    /// <summary>Who may not fill is told of no slots.</summary>
    public OfferAnswer Answer(WhoHas question, ClientRole role)
    {
        IAgentState state = services.State;
        bool mayFill = role == ClientRole.Full;
        return new OfferAnswer(
            question.Nonce,
            services.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            state.AgentId,
            endPoint.Address,
            endPoint.Port,
            certificate,
            mayFill && services.Slots.Allowed > 0 ? services.Slots.Slots : 0,
            mayFill ? services.Slots.Free : 0,
            services.Slots.Queue,
            state.Power,
            state.Load,
            state.FreeMemory,
            ToolchainMask(question.Toolchains),
            [.. question.Fingerprints.Select(HoldingOf)],
            state.Name);
    }

    private ushort ToolchainMask(IReadOnlyList<ulong> asked)
    {
        int mask = 0;
        HashSet<ulong> own = [.. services.Compiles.Toolchains.Select(one => one.Digest.Fingerprint)];
        for (int i = 0; i < asked.Count; i++)
        {
            mask |= own.Contains(asked[i]) ? 1 << i : 0;
        }

        return (ushort)mask;
    }

    private Holding HoldingOf(ulong fingerprint) =>
        services.State.Store.MayHave(fingerprint) ? Holding.Object
        : services.InFlight.Contains(fingerprint) ? Holding.Compiling
        : services.Claims.Knows(fingerprint) ? Holding.Elsewhere
        : Holding.No;
}
