using System.Buffers;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>
/// What a connection does with what it receives. Called by the one read loop, in order; must not wait for anything, least of all for a send: two sides
/// that stop reading until they have sent would wait for each other. A <see cref="ProtocolException"/> ends the connection.
/// </summary>
public interface IFrameHandler
{
    void OnMessage(ushort stream, WireMessage message);

    /// <param name="data">Valid during the call.</param>
    void OnChunk(ushort stream, ReadOnlySequence<byte> data);
}
