using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DistBuild.Agent.Requests;

namespace DistBuild.Agent.Connections;

/// <summary>Accepts clients and serves each until it ends.</summary>
internal sealed class ClientListener(
    Socket socket, AgentServerOptions options, ServerIdentity identity, SslServerAuthenticationOptions? tls, RequestServices services, ServerCounters counters)
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ClientConnection, Task> _connections = [];

    public int Connections => _connections.Count;

    /// <summary>Returns when it was stopped and every connection has ended.</summary>
    /// <param name="stopping">No new clients.</param>
    /// <param name="stopped">No clients at all.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken stopped)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Serve(await socket.AcceptAsync(stopping), stopped);
            }
            catch (SocketException e) when (!stopping.IsCancellationRequested)
            {
                // Out of handles, or a client that left before it was accepted.
                ConnectionLog.CannotAccept(services.Logger, e.SocketErrorCode);
                await Task.WhenAny(Task.Delay(PauseAfterError, stopping));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                break;
            }
        }

        await Task.WhenAll(_connections.Values);
    }

    public Task DrainAsync() => Task.WhenAll(_connections.Keys.Select(connection => connection.DrainAsync()));

    public Task CloseAsync() => Task.WhenAll(_connections.Keys.Select(connection => connection.CloseAsync()));

    private void Serve(Socket client, CancellationToken stopped)
    {
        if (WhyNot(client) is { } why)
        {
            counters.ConnectionRefused();
            ConnectionLog.Refused(services.Logger, null, why);
            client.Dispose();
            return;
        }

        ClientConnection connection = new(client, options, identity, tls, services);
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = over.Task;
        _ = Task.Run(() => ServeAsync(connection, over, stopped), CancellationToken.None);
    }

    private string? WhyNot(Socket client)
    {
        try
        {
            return _connections.Count >= options.Connections ? $"{_connections.Count} clients are connected already"
                : options.Key is null && !(client.RemoteEndPoint is IPEndPoint remote && IPAddress.IsLoopback(remote.Address))
                    ? "without a cluster key only this machine is served"
                : null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    private async Task ServeAsync(ClientConnection connection, TaskCompletionSource over, CancellationToken stopped)
    {
        try
        {
            if (!await connection.RunAsync(stopped))
            {
                counters.ConnectionRefused();
            }
        }
#pragma warning disable CA1031 // One client must not take the agent with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ConnectionLog.Failed(services.Logger, e);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            over.SetResult();
        }
    }
}
