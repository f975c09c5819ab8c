using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Sends what the store has of a key.</summary>
internal static class StoredResult
{
    /// <summary>Sends the announcement and the chunks; the end is the caller's. False when there is nothing to send.</summary>
    public static async Task<bool> TrySendAsync(RequestSession session, ushort stream, Digest key, CancellationToken cancellationToken)
    {
        await session.ContentTurn.WaitAsync(cancellationToken);
        try
        {
            return session.Services.State.Store.TryGetEntry(key) is { } stored
                && await TrySendAsync(session, stream, stored.Result, ResultContent.Describe(stored), cancellationToken);
        }
        finally
        {
            session.ContentTurn.Release();
        }
    }

    /// <inheritdoc cref="TrySendAsync(RequestSession, ushort, Digest, CancellationToken)"/>
    /// <param name="content">Null when it is larger than what the protocol carries.</param>
    public static async Task<bool> TrySendAsync(RequestSession session, ushort stream, CompiledResult result, ContentHeader? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return false;
        }

        session.Services.Census.Gave();
        await session.Channel.SendAsync(stream, new Found(content), cancellationToken);
        await ResultContent.SendAsync(session.Channel, stream, result, cancellationToken);
        return true;
    }
}
