using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Commands.Output;

/// <summary>Asks every agent that can be heard, more patiently than a build does.</summary>
internal static class AgentSurvey
{
    /// <summary>A build's question waits a few milliseconds only; an agent that was busy or just started answers one of several.</summary>
    private const int Questions = 3;

    /// <summary>For an agent that answers datagrams but no connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What answered, in the order of their names, and what it makes together.</summary>
    public static async Task<StatusView> AskAllAsync(AgentFinder finder, BuildOptions options, CancellationToken cancellationToken)
    {
        Answer[] answers = await AnswersAsync(finder, options, cancellationToken);
        return new StatusView([.. answers.Select(answer => answer.View)], NetworkView.Of([.. answers.Select(answer => answer.Status).OfType<StatusReport>()]));
    }

    /// <returns>In the order of their names.</returns>
    public static async Task<IReadOnlyList<AgentView>> AskAsync(AgentFinder finder, BuildOptions options, CancellationToken cancellationToken) =>
        [.. (await AnswersAsync(finder, options, cancellationToken)).Select(answer => answer.View)];

    private static async Task<Answer[]> AnswersAsync(AgentFinder finder, BuildOptions options, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Offer> offers = [];
        for (int i = 0; i < Questions; i++)
        {
            foreach (Offer offer in await finder.AskAsync([], [], cancellationToken))
            {
                offers[offer.AgentId] = offer;
            }
        }

        Answer[] agents = await Task.WhenAll(offers.Values.Select(offer => AskAsync(offer, options, cancellationToken)));
        return [.. agents.OrderBy(agent => agent.View.Name, StringComparer.Ordinal).ThenBy(agent => agent.View.Endpoint, StringComparer.Ordinal)];
    }

    private static async Task<Answer> AskAsync(Offer offer, BuildOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, options, limit.Token);
            StatusReport status = await connection.StatusAsync(limit.Token);
            return new Answer(AgentView.Of(offer, status, null), status);
        }
        catch (AgentLostException e)
        {
            return new Answer(AgentView.Of(offer, null, e.Message), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(AgentView.Of(offer, null, "answers datagrams but no connection"), null);
        }
    }

    /// <param name="Status">Null when there is no connection.</param>
    private sealed record Answer(AgentView View, StatusReport? Status);
}

/// <summary>All of <c>status</c>; its properties are the JSON face.</summary>
internal sealed record StatusView(IReadOnlyList<AgentView> Agents, NetworkView Network);
