using DistBuild.Core.Client;
using DistBuild.Core.Units;
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
            return result.Result is { } made ? await ReplyAsync(made, ResultContent.Describe(made), cancellationToken) : Signal.Missing;
        }

        await Session.ContentTurn.WaitAsync(cancellationToken);
        try
        {
            return Services.State.Store.TryGetEntry(fetch.Key) is { } stored
                ? await ReplyAsync(stored.Result, ResultContent.Describe(stored), cancellationToken)
                : Signal.Missing;
        }
        finally
        {
            Session.ContentTurn.Release();
        }
    }

    private async Task<WireMessage> ReplyAsync(CompiledResult result, ContentHeader? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return Signal.Missing;
        }

        await SendAsync(new Found(content), cancellationToken);
        await ResultContent.SendAsync(Session.Channel, Stream, result, cancellationToken);
        return Signal.End;
    }
}
