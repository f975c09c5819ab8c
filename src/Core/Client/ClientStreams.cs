using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>The open streams of a client's connection. A number is used again only after the agent has ended its stream.</summary>
/// <param name="limit">How many the agent allows at once; further requests wait here.</param>
internal sealed class ClientStreams(int limit) : IFrameHandler, IDisposable
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _room = new(limit);
    private readonly Dictionary<ushort, ClientStream> _open = [];
    private ChannelEnd? _end;
    private ushort _last;

    /// <summary>Streams the agent has not ended yet; while there are any, it must give signs of life.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>A stream of its own for one request; waits while the agent allows no more.</summary>
    public async Task<ClientStream> OpenAsync(CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (_open.ContainsKey(_last));

            ClientStream stream = new(_last);
            if (_end is not null)
            {
                stream.Lose(_end);
                _room.Release();
                return stream;
            }

            _open.Add(_last, stream);
            return stream;
        }
    }

    /// <summary>The connection is lost: ends every request, and those to come.</summary>
    public void LoseAll(ChannelEnd end)
    {
        ClientStream[] open;
        lock (_gate)
        {
            _end ??= end;
            open = [.. _open.Values];
            _open.Clear();
        }

        foreach (ClientStream stream in open)
        {
            stream.Lose(end);
            _room.Release();
        }
    }

    public void Dispose() => LoseAll(ChannelEnd.Aborted);

    public void OnMessage(ushort stream, WireMessage message)
    {
        if (stream == 0)
        {
            if (message.Type != FrameType.Alive)
            {
                throw ProtocolException.Unexpected(message.Type, "after the handshake");
            }

            return;
        }

        if (Find(stream, message.Type).OnMessage(message))
        {
            lock (_gate)
            {
                if (_open.Remove(stream))
                {
                    _room.Release();
                }
            }
        }
    }

    public void OnChunk(ushort stream, ReadOnlySequence<byte> data) => Find(stream, FrameType.Chunk).OnChunk(data);

    private ClientStream Find(ushort stream, FrameType type)
    {
        lock (_gate)
        {
            return _open.TryGetValue(stream, out ClientStream? open) ? open : throw ProtocolException.UnexpectedOnStream(type, stream);
        }
    }
}
