using System.Net;
using System.Net.NetworkInformation;
using DistBuild.Agent.Announcing;
using DistBuild.Core.Wire.Dns;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>
/// Announces an agent by multicast DNS on every network of this machine: tries its names, tells everybody, answers who asks, and says goodbye. Where the port cannot be
/// shared or nothing is multicast it does nothing; agents are found by questions of DistBuild's own all the same.
/// </summary>
/// <param name="addresses">This machine's addresses by which the agent is reached; asked again when the network changes.</param>
/// <param name="multicastPort">5353 for everybody else.</param>
internal sealed class Announcer(
    string machine, int port, Guid agentId, Func<IReadOnlyCollection<IPAddress>> addresses, int multicastPort, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // RFC 6762 (8.1, 8.3).
    private const int Probes = 3, Announcements = 2, QuickAttempts = 4;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250), AnnouncementInterval = TimeSpan.FromSeconds(1), PauseAfterMany = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<IPAddress, AnnouncedNetwork> _networks = [];
    private AnnouncedService _service = AnnouncedService.Of(machine, port, agentId, 0);
    private TaskCompletionSource _contested = new();
    private bool _isOurs;
    private Task _running = Task.CompletedTask;

    /// <summary>Under which name, once it is announced; null before.</summary>
    public DnsName? Name
    {
        get
        {
            lock (_lock)
            {
                return _isOurs ? _service.Instance : null;
            }
        }
    }

    public void Start()
    {
        Refresh();
        NetworkChange.NetworkAddressChanged += OnChanged;
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        NetworkChange.NetworkAddressChanged -= OnChanged;
        await _stopped.CancelAsync();
        await _running;
        AnnouncedNetwork[] networks;
        lock (_lock)
        {
            networks = [.. _networks.Values];
            _networks.Clear();
        }

        foreach (AnnouncedNetwork network in networks)
        {
            if (_isOurs)
            {
                network.Say(_service.Goodbye(network.Own));
            }

            await network.DisposeAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            for (int attempt = 0; ;)
            {
                attempt = await ClaimAsync(attempt);
                AnnouncementLog.Announced(logger, Name?.ToString() ?? "");
                await SayAsync((service, own) => service.Announcement(own), Announcements, AnnouncementInterval);
                await _contested.Task.WaitAsync(_stopped.Token);
                AnnouncementLog.Contested(logger, _service.Instance.ToString());
            }
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
    }

    /// <summary>Returns when a name is ours, with the number of the next one.</summary>
    private async Task<int> ClaimAsync(int attempt)
    {
        do
        {
            lock (_lock)
            {
                (_service, _contested, _isOurs) = (AnnouncedService.Of(machine, port, agentId, attempt), new TaskCompletionSource(), false);
            }

            // Two that start together must not go on in step.
            await Task.Delay(ProbeInterval * Random.Shared.NextDouble() + (attempt < QuickAttempts ? TimeSpan.Zero : PauseAfterMany), time, _stopped.Token);
            await SayAsync((service, own) => service.Probe(own), Probes, ProbeInterval);
            attempt++;
        }
        while (_contested.Task.IsCompleted);

        lock (_lock)
        {
            _isOurs = true;
        }

        return attempt;
    }

    private async Task SayAsync(Func<AnnouncedService, IPAddress, DnsMessage> what, int times, TimeSpan interval)
    {
        for (int i = 0; i < times && !_contested.Task.IsCompleted; i++)
        {
            lock (_lock)
            {
                foreach (AnnouncedNetwork network in _networks.Values)
                {
                    network.Say(what(_service, network.Own));
                }
            }

            await Task.Delay(interval, time, _stopped.Token);
        }
    }

    private AnnouncedService? Hear(DnsMessage message)
    {
        lock (_lock)
        {
            if (_service.IsContestedBy(message, _networks.Keys) || (!_isOurs && _service.LosesTo(message, _networks.Keys)))
            {
                _contested.TrySetResult();
            }

            return _isOurs && !_contested.Task.IsCompleted ? _service : null;
        }
    }

    private void OnChanged(object? sender, EventArgs e) => Refresh();

    private void Refresh()
    {
        IReadOnlyCollection<IPAddress> now = addresses();
        lock (_lock)
        {
            foreach (IPAddress gone in _networks.Keys.Except(now).ToArray())
            {
                _networks.Remove(gone, out AnnouncedNetwork? network);
                _ = Task.Run(() => network!.DisposeAsync().AsTask());
            }

            foreach (IPAddress own in now.Where(own => !_stopped.IsCancellationRequested && !_networks.ContainsKey(own)))
            {
                if (MulticastSocket.Open(own, multicastPort) is not { } socket)
                {
                    AnnouncementLog.NotAnnounced(logger, own, multicastPort);
                    continue;
                }

                _networks[own] = new AnnouncedNetwork(socket, multicastPort, time, Hear);
                if (_isOurs)
                {
                    socket.Send(_service.Announcement(own));
                }
            }
        }
    }
}
