using DistBuild.Core.Client;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Serves a result out of the store, or out of the compile that is making it now.</summary>
internal sealed class FetchRequest(RequestSession session, ushort stream, Fetch fetch) : ServerRequest(session, stream)
{
    public override async Task<WireMessage> HandleAsync(CancellationToken cancellationToken)
    {
        // First the running compiles, then the store: one that ends in between is in the store before it leaves the table.
        if (fetch.Wait && Services.InFlight.TryJoin(fetch.Key) is { } compile)
        {
            RemoteCompileResult result = await compile.WaitAsync(cancellationToken);
            return result is { IsForAll: true, Result: { } made } && await StoredResult.TrySendAsync(Session, Stream, made, ResultContent.Describe(made), cancellationToken)
                ? Signal.End
                : Signal.Missing;
        }

        return await StoredResult.TrySendAsync(Session, Stream, fetch.Key, cancellationToken) ? Signal.End : Signal.Missing;
    }
}
