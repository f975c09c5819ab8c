using System.Net;
using DistBuild.Core.Client;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Discovery;

/// <summary>Asks the LAN who has, who is free and how strong, by UDP, and collects the answers that arrive in time.</summary>
public sealed class AgentFinder : IDisposable
{
    private readonly BuildOptions _options;
    private readonly FinderTimings _timings;
    private readonly ClusterKey? _key;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly QuestionExchange _exchange;
    private readonly Destinations _destinations;

    /// <exception cref="ClusterKeyException">The cluster key file cannot be used.</exception>
    public AgentFinder(BuildOptions options, TimeProvider time)
        : this(options, time, new FinderTimings())
    {
    }

    /// <param name="remembered">Agents of the LAN that answered earlier builds.</param>
    internal AgentFinder(BuildOptions options, TimeProvider time, FinderTimings timings, IReadOnlyCollection<KnownAgent>? remembered = null)
    {
        (_options, _timings) = (options, timings);
        _key = options.ClusterKeyFile is { Length: > 0 } file ? ClusterKey.Load(file) : null;
        _exchange = new QuestionExchange(_key, options.Broadcast && _key is not null ? options.Port : null, options.Port, time, timings, remembered ?? []);
        _destinations = new Destinations(options, loopbackOnly: _key is null, time, _exchange.Connect);
    }

    /// <summary>What a person should know about the configuration (a key file others can read, agents that are not asked for want of a key), or null.</summary>
    public string? Warning =>
        _key is not null ? _key.Warning
        : _options.Agents.FirstOrDefault(agent => !IsLoopback(agent.Host)) is { } stranger
            ? $"The agent {stranger} is not asked: without a cluster key only agents of this machine are trusted. "
                + "Set DistBuildClusterKeyFile to the cluster's key file."
            : null;

    /// <summary>Whether agents compile and keep for this client; else they only give.</summary>
    public bool MayFill => _key is null or { Role: Wire.Messages.ClientRole.Full };

    /// <summary>Whether anybody ever answered, be it too late for the question.</summary>
    public bool HasHeard => _exchange.HasHeard;

    /// <summary>Told of offers that come after their question is over; from a lock, so it must not wait.</summary>
    internal Action<Offer>? HeardLate
    {
        get => _exchange.HeardLate;
        set => _exchange.HeardLate = value;
    }

    /// <summary>The agents of the LAN that this client knows, for the next build.</summary>
    internal IReadOnlyCollection<KnownAgent> KnownAgents => _exchange.KnownAgents;

    /// <summary>Datagrams that were no answer to this finder: broken, forged, repeated, or too late by seconds.</summary>
    public long IgnoredDatagrams => _exchange.IgnoredDatagrams;

    /// <summary>
    /// Sends one question for all fingerprints (about 100 a datagram) and returns one offer per agent that answered in time: when every configured agent
    /// has answered and no broadcast is out, or at the deadline (milliseconds, adaptive). No answer is an empty list, never an exception.
    /// </summary>
    public async Task<IReadOnlyList<Offer>> AskAsync(
        IReadOnlyCollection<ulong> toolchains, IReadOnlyCollection<ulong> fingerprints, CancellationToken cancellationToken)
    {
        // One at a time: the answers of one question teach the next one whom to wait for.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<Destination> direct = await _destinations.GetAsync(_timings.NameResolution, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<WhoHas> parts = QuestionParts.Split(toolchains, fingerprints);
            return await _exchange.AskAsync([.. direct.SelectMany(to => parts.Select(part => (to, part)))], parts, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks only these agents, each for its own fingerprints, by the address it offered.</summary>
    public async Task<IReadOnlyList<Offer>> AskEachAsync(
        IReadOnlyCollection<ulong> toolchains, IReadOnlyDictionary<Offer, IReadOnlyCollection<ulong>> fingerprints, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<(Destination, WhoHas)> asked = [];
            foreach (KeyValuePair<Offer, IReadOnlyCollection<ulong>> one in fingerprints)
            {
                if (_destinations.Of(one.Key) is { } to)
                {
                    asked.AddRange(QuestionParts.Split(toolchains, one.Value).Select(part => (to, part)));
                }
            }

            return await _exchange.AskAsync(asked, [], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _destinations.Dispose();
        _exchange.Dispose();
        _turn.Dispose();
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
