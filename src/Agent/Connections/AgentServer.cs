using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Datagrams;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Connections;

/// <summary>Everything of an agent that faces the network: the UDP port that answers questions and the TCP port that serves requests.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private readonly AgentServerOptions _options;
    private readonly IAgentState _state;
    private readonly ILogger _logger;
    private readonly RequestServices _services;
    private readonly CancellationTokenSource _stopping = new(), _stopped = new();
    private PortPair? _ports;
    private X509Certificate2? _ownCertificate;
    private ClientListener? _listener;
    private Task _responding = Task.CompletedTask, _listening = Task.CompletedTask;

    public AgentServer(AgentServerOptions options, ICompileService compiles, ISlotPool slots, IAgentState state, ILogger<AgentServer> logger)
    {
        (_options, _state, _logger) = (options, state, logger);
        TimeProvider time = TimeProvider.System;
        _services = new RequestServices(
            compiles,
            slots,
            state,
            new InFlightTable(time),
            new ClaimTable(state.AgentId, options.Limits.ClaimUpload, time),
            new ManifestStore(state.Store),
            new StoreCensus(state.Store, time),
            options.Limits,
            logger,
            () => _listener?.Connections ?? 0,
            time.GetUtcNow(),
            time,
            _stopping.Token);
    }

    /// <summary>Where it serves, once started.</summary>
    public IPEndPoint EndPoint => _ports?.EndPoint ?? throw new InvalidOperationException("The agent was not started.");

    public ServerCounters Counters { get; } = new();

    /// <exception cref="AgentStartException">Not allowed, or not possible, as it was told.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_options.Listen.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
        {
            throw AgentStartException.NotIPv4(_options.Listen);
        }

        if (_options.Key is null && !IPAddress.IsLoopback(_options.Listen))
        {
            throw AgentStartException.NeedsKey(_options.Listen);
        }

        X509Certificate2? certificate = _options.Key is null ? null : _options.Certificate ?? (_ownCertificate = CreateCertificate());
        Digest fingerprint = certificate is null ? default : Digest.Of(certificate.RawData);
        _ports = PortPair.Open(_options.Listen, _options.Port);
        ReplayGuard guard = new(TimeProvider.System, _options.ClockWindow);
        QuestionResponder responder = new(_ports.Udp, _options.Key, new AnswerFactory(_services, EndPoint, fingerprint), guard, Counters, _logger);

        // A question to ourselves: the first client's, which waits milliseconds, must not pay for what a first call costs.
        responder.Answer(new WhoHas(0, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), [0], [0]).ToBytes(_options.Key), IPAddress.Loopback);
        ServerIdentity identity = new(_state.AgentId, Clamp.Name(_state.Name), _options.Key, fingerprint, _options.Limits.Streams);
        _listener = new ClientListener(_ports.Tcp, _options, identity, TlsOptions(certificate), _services, Counters);
        _responding = Task.Run(() => responder.RunAsync(_stopping.Token), CancellationToken.None);
        _listening = Task.Run(() => _listener.RunAsync(_stopping.Token, _stopped.Token), CancellationToken.None);
        ConnectionLog.Started(_logger, EndPoint, _options.Key is null ? "for this machine" : "for the cluster");
        return Task.CompletedTask;
    }

    /// <summary>Stops accepting, lets running compiles end for a while, and closes. After the first call it does nothing.</summary>
    /// <param name="cancellationToken">Cuts the patience short.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_ports is null || _stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _ports.Dispose();
        try
        {
            await _listener!.DrainAsync().WaitAsync(_options.StopPatience, cancellationToken);
            await _listener.CloseAsync();
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            ConnectionLog.CutOff(_logger, _options.StopPatience.TotalSeconds);
        }

        await _stopped.CancelAsync();
        await Task.WhenAll(_responding, _listening);
        ConnectionLog.Stopped(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
        _stopped.Dispose();
        _ports?.Dispose();
        _ownCertificate?.Dispose();
    }

    private X509Certificate2 CreateCertificate()
    {
        try
        {
            return AgentCertificate.Create(Clamp.Name(_state.Name));
        }
        catch (CryptographicException e)
        {
            throw AgentStartException.NoCertificate(e);
        }
    }

    private static SslServerAuthenticationOptions? TlsOptions(X509Certificate2? certificate) => certificate is null ? null : new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
    };
}
