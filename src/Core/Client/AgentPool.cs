using System.Collections.Concurrent;
using DistBuild.Core.Compatibility;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Client;

/// <summary>The agents of one build: asks them, keeps one connection to each that is used, and leaves alone for a while those that failed, also in earlier builds.</summary>
internal sealed class AgentPool : IAsyncDisposable
{
    private readonly BuildOptions _options;
    private readonly AgentFinder? _finder;
    private readonly ConcurrentDictionary<Guid, Lazy<Task<AgentConnection>>> _connections = new();
    private readonly ConcurrentBag<Lazy<Task<AgentConnection>>> _given = [];
    private readonly ConcurrentDictionary<Guid, string> _reported = new();
    private readonly RememberedFailures _failures;
    private readonly ConcurrentDictionary<Guid, Offer> _known = new();
    private readonly object _gate = new();
    private readonly ConnectionTimings _timings;
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<KnownAgent> _remembered;
    private Task<bool>? _anybody;

    public AgentPool(BuildOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _remembered = options is { Broadcast: true, ClusterKeyFile.Length: > 0 } ? RememberedAgents.Load(options.Store, time) : [];
        _timings = new ConnectionTimings { Time = time };
        _failures = new RememberedFailures(options.Store, time);
        try
        {
            _finder = options.Broadcast || options.Agents.Count > 0 ? new AgentFinder(options, time, new FinderTimings(), _remembered) { HeardLate = OnHeardLate } : null;
        }
        catch (ClusterKeyException e)
        {
            Problem = e.Message;
        }
    }

    /// <summary>An agent that nobody knew answered too late for its question; it can be used from now on. Comes from any thread.</summary>
    public event Action<Offer>? HeardLate;

    /// <summary>Why no agent can be asked although some are wanted, or null.</summary>
    public string? Problem { get; }

    /// <summary>What a person should know about the configuration although it works, or null.</summary>
    public string? Warning => _finder?.Warning;

    /// <summary>Whether there may be anybody to ask.</summary>
    public bool MayHelp => _finder is not null;

    /// <summary>Whether anybody answers: asked once per build, because a silent network is not waited for again; who answers late counts from then on.</summary>
    /// <param name="toolchain">Fingerprint of one that will be needed: a large network is asked only once who has it.</param>
    public async Task<bool> AnybodyAsync(ulong? toolchain = null)
    {
        Task<bool> anybody;
        lock (_gate)
        {
            anybody = _anybody ??= FindAnybodyAsync(toolchain);
        }

        return await anybody.ConfigureAwait(false) || _finder?.HasHeard == true;
    }

    /// <summary>What is known of the agents that answered in this build and may be used.</summary>
    public IReadOnlyList<Offer> Known => [.. _known.Values.Where(IsUsable)];

    /// <summary>Asks everybody, or, on a large network, the keys' homes.</summary>
    public async Task<IReadOnlyList<Offer>> AskAsync(IReadOnlyCollection<ulong> toolchains, IReadOnlyCollection<AskedKey> keys, CancellationToken cancellationToken)
    {
        if (_finder is null)
        {
            return [];
        }

        IReadOnlyList<Offer> offers = Audience.Choose(keys, Known) is { Count: > 0 } homes
            ? await _finder.AskEachAsync(toolchains, homes.ToDictionary(home => home.Key, home => Fingerprints(home.Value)), cancellationToken).ConfigureAwait(false)
            : await _finder.AskAsync(toolchains, Fingerprints(keys.Select(key => key.Key)), cancellationToken).ConfigureAwait(false);
        foreach (Offer offer in offers)
        {
            Learn(offer);
        }

        return [.. offers.Where(IsUsable)];
    }

    private static IReadOnlyCollection<ulong> Fingerprints(IEnumerable<Digest> keys) => [.. keys.Select(key => key.Fingerprint).Distinct()];

    /// <summary>Whether the agent is not being left alone now.</summary>
    public bool IsUsable(Offer offer) => _failures.MayUse(offer.AgentId);

    /// <param name="cancellationToken">Ends the wait, not the connection: others may want it too.</param>
    /// <exception cref="AgentLostException">The agent cannot be used, now or any more.</exception>
    public async Task<AgentConnection> ConnectAsync(Offer offer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!IsUsable(offer))
            {
                throw AgentLostException.Because(offer, "failed not long ago, and is left alone for a while");
            }

            // One connection serves every batch of the build, so no single batch's cancellation may end it.
            Lazy<Task<AgentConnection>> shared = _connections.GetOrAdd(
                offer.AgentId, _ => new Lazy<Task<AgentConnection>>(() => AgentConnection.ConnectAsync(offer, _timings, _options, _over.Token)));
            AgentConnection connection = await shared.Value.OrCancelledAsync(cancellationToken).ConfigureAwait(false);
            if (connection.Lost is null)
            {
                return connection;
            }

            // An agent may end a connection that nobody used for long; that is no fault.
            ((ICollection<KeyValuePair<Guid, Lazy<Task<AgentConnection>>>>)_connections).Remove(new(offer.AgentId, shared));
        }
    }

    /// <summary>Leaves an agent alone that failed; true the first time, when that is to be said.</summary>
    public bool Lose(Offer offer, string why)
    {
        if (!_failures.Fail(offer.AgentId))
        {
            return false;
        }

        // What is under way on its connection may end; what comes after the pause gets a new one.
        if (_connections.TryRemove(offer.AgentId, out Lazy<Task<AgentConnection>>? connection))
        {
            _given.Add(connection);
        }

        return _reported.TryAdd(offer.AgentId, why);
    }

    /// <inheritdoc cref="Placement.BackOff.Disappoint"/>
    public bool IsDisappointing(Offer offer) => _failures.Disappoint(offer.AgentId);

    /// <summary>The agent delivered a result: nothing is held against it any more.</summary>
    public void Delivered(Offer offer) => _failures.Deliver(offer.AgentId);

    public async ValueTask DisposeAsync()
    {
        // Nobody waits any more for an agent that has not answered yet.
        _over.Cancel();
        await Task.WhenAll(_connections.Values.Concat(_given).Select(CloseAsync)).ConfigureAwait(false);

        if (_anybody is { } asking)
        {
            await asking.ConfigureAwait(false);
        }

        if (_finder is not null)
        {
            _finder.HeardLate = null;
            RememberedAgents.Save(_options.Store, _time, _remembered, _finder.KnownAgents);
            _finder.Dispose();
        }

        _over.Dispose();
    }

    /// <returns>Whether it is new.</returns>
    private bool Learn(Offer offer)
    {
        bool isNew = false;

        // Each question names only its own toolchains.
        _known.AddOrUpdate(
            offer.AgentId,
            _ =>
            {
                isNew = true;
                return offer;
            },
            (_, before) => offer with { Toolchains = [.. before.Toolchains.Union(offer.Toolchains)] });
        return isNew;
    }

    private void OnHeardLate(Offer offer)
    {
        if (Learn(offer) && IsUsable(offer))
        {
            _ = Task.Run(() => HeardLate?.Invoke(offer));
        }
    }

    private static async Task CloseAsync(Lazy<Task<AgentConnection>> connection)
    {
        try
        {
            AgentConnection open = await connection.Value.ConfigureAwait(false);
            await open.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AgentLostException or OperationCanceledException)
        {
            // Lost ones were reported when it happened.
        }
    }

    private async Task<bool> FindAnybodyAsync(ulong? toolchain) =>
        _finder is not null && (await AskAsync(toolchain is { } one ? [one] : [], [], CancellationToken.None).ConfigureAwait(false)).Count > 0;
}
