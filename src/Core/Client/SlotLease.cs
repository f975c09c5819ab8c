using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>A compile slot granted by an agent, for one compile, for a short time; disposing it unused gives it back.</summary>
public sealed class SlotLease : IAsyncDisposable
{
    private readonly AgentConnection _connection;
    private readonly ClientStream _stream;
    private int _used;

    internal SlotLease(AgentConnection connection, ClientStream stream) => (_connection, _stream) = (connection, stream);

    /// <summary>Compiles one preprocessed text on the agent, which keeps a successful result under the key.</summary>
    /// <param name="toolchain">The toolchain the lease was granted for.</param>
    /// <param name="sameWords">What the compiler prints of the text is what it prints of the source; else the agent keeps only a result without words.</param>
    /// <exception cref="AgentLostException">The connection broke.</exception>
    /// <exception cref="InvalidOperationException">The lease was used before.</exception>
    public async Task<RemoteCompileResult> CompileAsync(
        Digest key, Digest toolchain, RemoteJob job, bool sameWords, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0)
        {
            throw new InvalidOperationException("A lease is good for one compile.");
        }

        if (text.Length > WireLimits.MaxText)
        {
            return GiveBack($"the text has {text.Length} bytes; an agent takes at most {WireLimits.MaxText}");
        }

        bool isNear = System.Net.IPAddress.IsLoopback(_connection.Offer.EndPoint.Address);
        Compile request = new(key, toolchain, sameWords, TextContent.EncodingFor(text.Length, isNear), text.Length, job);
        try
        {
            await _connection.SendAsync(_stream, request).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            return GiveBack(e.Message);
        }

        Task sending = SendTextAsync(text, request.Encoding, cancellationToken);
        return Read(await _connection.WaitAsync(_stream, _stream.Answer, sending, cancellationToken).ConfigureAwait(false));
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _used, 1) == 0)
        {
            _connection.GiveUp(_stream, Task.CompletedTask, Signal.Release);
        }

        return default;
    }

    private async Task SendTextAsync(ReadOnlyMemory<byte> text, ContentEncoding encoding, CancellationToken cancellationToken)
    {
        foreach (Chunk chunk in TextContent.Chunks(text, encoding))
        {
            // The agent may know the answer, or decline, before it has the whole text.
            if (_stream.Answer.IsCompleted || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await _connection.SendAsync(_stream, chunk).ConfigureAwait(false);
        }

        await _connection.SendAsync(_stream, Signal.End).ConfigureAwait(false);
    }

    private RemoteCompileResult Read(StreamAnswer answer) => answer switch
    {
        { Lost: { } lost } => throw AgentLostException.Because(_connection.Offer, lost.Text),
        { Message: Declined declined } => new RemoteCompileResult(null, null, declined.Text, FromStore: false)
        {
            IsAgentsFault = declined.Reason is DeclineReason.Failed or DeclineReason.Expired or DeclineReason.Stopping,
        },
        { Message: Result result } => Read(result, _connection.Check(result.Content, answer.Content!, mayBeEmpty: result.ExitCode != 0)),
        _ => throw _connection.Break(answer.Message!),
    };

    private static RemoteCompileResult Read(Result result, CompiledResult content) => new(
        result.ExitCode == 0 ? content : null, result.ExitCode, Decode(content.Errors), result.FromStore, Decode(content.Output));

    private static string Decode(ReadOnlyMemory<byte> printed) => Encoding.UTF8.GetString(printed.ToArray());

    private RemoteCompileResult GiveBack(string why)
    {
        _connection.GiveUp(_stream, Task.CompletedTask, Signal.Release);
        return new RemoteCompileResult(null, null, why, FromStore: false);
    }
}
