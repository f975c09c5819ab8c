using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using DistBuild.Agent.Requests;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Connections;

/// <summary>One client from accept to close: TLS, handshake, requests. When it ends, for whatever reason, nothing it asked for goes on.</summary>
internal sealed class ClientConnection(
    Socket socket, AgentServerOptions options, ServerIdentity identity, SslServerAuthenticationOptions? tls, RequestServices services)
{
    private volatile RequestSession? _session;
    private volatile FrameChannel? _channel;

    /// <summary>Serves until the connection has ended.</summary>
    /// <returns>False when it never came to requests.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        string address = RemoteOrNull() is IPEndPoint remote ? remote.Address.ToString() : "";
        await using FrameChannel? channel = await TryOpenAsync(cancellationToken);
        if (channel is null || await TryShakeHandsAsync(channel, cancellationToken) is not { } hands)
        {
            return false;
        }

        string client = $"{Printable(Clamp.Name(hands.Name))}@{address}";
        ConnectionLog.Connected(services.Logger, client);
        await ServeAsync(channel, client, hands.Role, cancellationToken);
        return true;
    }

    /// <summary>Waits for the compiles this client waits for.</summary>
    public Task DrainAsync() => _session?.DrainAsync() ?? Task.CompletedTask;

    /// <summary>Lets what is queued leave, and closes.</summary>
    public async Task CloseAsync()
    {
        if (_channel is { } channel)
        {
            await channel.DisposeAsync();
        }
    }

    private async Task ServeAsync(FrameChannel channel, string client, ClientRole role, CancellationToken cancellationToken)
    {
        using RequestSession session = new(services, channel, client, role);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using CancellationTokenRegistration abort = cancellationToken.Register(() => channel.End(ChannelEnd.Aborted));
        Task watching = ChannelWatch.RunAsync(
            channel, options.Watch, services.Time, listens: () => true, speaks: () => session.OpenStreams > 0, session.OnSilence, over.Token);
        (_channel, _session) = (channel, session);
        try
        {
            ChannelEnd end = await channel.RunAsync(session);
            ConnectionLog.Ended(services.Logger, client, end.Text);
        }
        finally
        {
            _session = null;
            await over.CancelAsync();
            await session.CancelAllAsync();
            await watching;
        }
    }

    private async Task<FrameChannel?> TryOpenAsync(CancellationToken cancellationToken)
    {
        Stream? stream = null;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Handshake);
        try
        {
            socket.NoDelay = true;
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null)
            {
                SslStream secure = new(stream, leaveInnerStreamOpen: false);
                stream = secure;
                await secure.AuthenticateAsServerAsync(tls, limit.Token);
            }

            return new FrameChannel(stream, FrameDirection.ToAgent);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Refuse(e is OperationCanceledException ? "TLS took too long" : e.Message);
            stream?.Dispose();
            socket.Dispose();
            return null;
        }
    }

    private async Task<(string Name, ClientRole Role)?> TryShakeHandsAsync(FrameChannel channel, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Handshake);
        ChannelEnd tooLong = new(ChannelEndKind.Silent, "the handshake took too long");
        await using CancellationTokenRegistration tooLate = limit.Token.Register(() => channel.End(tooLong));
        try
        {
            return await ServerHandshake.RunAsync(channel, identity);
        }
        catch (ChannelEndedException e)
        {
            Refuse(e.End.Text);
            return null;
        }
        catch (ProtocolException e)
        {
            Refuse(e.Message);
            return null;
        }
    }

    private void Refuse(string why) => ConnectionLog.Refused(services.Logger, RemoteOrNull(), why);

    // It goes into logs and onto the screens of others.
    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    private EndPoint? RemoteOrNull()
    {
        try
        {
            return socket.RemoteEndPoint;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
