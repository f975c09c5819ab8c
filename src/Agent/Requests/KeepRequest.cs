using System.Buffers;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Requests;

/// <summary>Takes a result that only its client has, or the manifest of a unit, into the store.</summary>
internal sealed class KeepRequest(RequestSession session, ushort stream, Keep keep) : ServerRequest(session, stream)
{
    /// <summary>Bytes of a manifest: several times 16 sets of some thousand headers.</summary>
    private const int MaxManifest = 16 * 1024 * 1024;

    private readonly UploadedContent _upload = new(stream, session.Services.Limits, keep.Content.Encoding, keep.Content.Total);
    private volatile bool _isGranted;

    public override async Task<WireMessage> HandleAsync(CancellationToken cancellationToken)
    {
        if (keep.Kind == KeepKind.Result && Services.State.Store.TryGet(keep.Key) is not null)
        {
            Services.Claims.Kept(keep.Key);
            return Signal.Kept;
        }

        if (keep.Kind == KeepKind.Manifest && keep.Content.Total > MaxManifest)
        {
            return Declined.Because(DeclineReason.TooLarge, $"a manifest has at most {MaxManifest} bytes");
        }

        await Session.ContentTurn.WaitAsync(cancellationToken);
        try
        {
            _isGranted = true;
            await SendAsync(new Granted((uint)Services.Limits.UploadSilence.TotalMilliseconds), cancellationToken);
            return ResultContent.Read(keep.Content, await _upload.WaitAsync(cancellationToken)) is { Object.Length: > 0 } content
                ? Add(content)
                : throw ProtocolException.BadContent(Stream, "is not what was announced");
        }
        catch (TimeoutException e)
        {
            return Declined.Because(DeclineReason.Expired, e.Message);
        }
        finally
        {
            _upload.Drop();
            Session.ContentTurn.Release();
        }
    }

    public override void OnMessage(WireMessage message)
    {
        if (!_isGranted || message.Type != FrameType.End || !_upload.OnEnd())
        {
            throw ProtocolException.UnexpectedOnStream(message.Type, Stream);
        }
    }

    public override void OnChunk(ReadOnlySequence<byte> data)
    {
        if (!_isGranted || !_upload.OnChunk(data))
        {
            throw ProtocolException.UnexpectedOnStream(FrameType.Chunk, Stream);
        }
    }

    private WireMessage Add(CompiledResult content)
    {
        if (keep.Kind == KeepKind.Manifest)
        {
            if (ManifestFormat.TryRead(content.Object) is not { } manifest)
            {
                return Declined.Because(DeclineReason.Failed, "the manifest cannot be read");
            }

            Services.Manifests.Add(keep.Key, manifest);
            return Signal.Kept;
        }

        if (!Services.State.Store.TryAdd(keep.Key, content, Session.Client))
        {
            return Declined.Because(DeclineReason.Failed, Services.State.Store.Problem ?? "the store refused it");
        }

        Services.Claims.Kept(keep.Key);
        return Signal.Kept;
    }
}
