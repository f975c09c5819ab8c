using DistBuild.Core.Client;
using DistBuild.Core.Discovery;

namespace DistBuild.Agent.Commands.Output;

/// <summary>Asks every agent that can be heard, more patiently than a build does.</summary>
internal static class AgentSurvey
{
    /// <summary>A build's question waits a few milliseconds only; an agent that was busy or just started answers one of several.</summary>
    private const int Questions = 3;

    /// <summary>For an agent that answers datagrams but no connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>In the order of their names.</returns>
    public static async Task<IReadOnlyList<AgentView>> AskAsync(AgentFinder finder, BuildOptions options, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Offer> offers = [];
        for (int i = 0; i < Questions; i++)
        {
            foreach (Offer offer in await finder.AskAsync([], [], cancellationToken))
            {
                offers[offer.AgentId] = offer;
            }
        }

        AgentView[] agents = await Task.WhenAll(offers.Values.Select(offer => AskAsync(offer, options, cancellationToken)));
        return [.. agents.OrderBy(agent => agent.Name, StringComparer.Ordinal).ThenBy(agent => agent.Endpoint, StringComparer.Ordinal)];
    }

    private static async Task<AgentView> AskAsync(Offer offer, BuildOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, options, limit.Token);
            return AgentView.Of(offer, await connection.StatusAsync(limit.Token), null);
        }
        catch (AgentLostException e)
        {
            return AgentView.Of(offer, null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AgentView.Of(offer, null, "answers datagrams but no connection");
        }
    }
}
