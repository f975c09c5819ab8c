using System.Buffers;
using DistBuild.Core.Tests.Wire;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Fuzz.Targets;

/// <summary>What comes over a connection: frames, the payload of every message, and content.</summary>
internal static class WireTargets
{
    /// <summary>Bytes, decoded, of the contents that are announced here.</summary>
    private const int Announced = 5000;

    public static IEnumerable<FuzzTarget> All =>
    [
        new("frames", [.. Samples.Messages.Select(sample => Samples.Frame(7, sample.Message)), [.. Samples.Messages.SelectMany(sample => Samples.Frame(7, sample.Message))]], ReadFrames),
        .. Samples.Messages.Where(sample => sample.Bytes.Length > 0).Select(sample => new FuzzTarget(
            $"payload of {sample.Message.Type}", [Samples.Bytes(sample.Bytes)], bytes => ReadPayload(sample.Message.Type, bytes))),
        new("raw content", [new byte[Announced]], bytes => ReadContent(ContentEncoding.Raw, bytes)),
        new("deflated content", [Deflated()], bytes => ReadContent(ContentEncoding.Deflate, bytes)),
    ];

    private static bool ReadPayload(FrameType type, byte[] bytes)
    {
        if (MessageCodec.Read(type, bytes) is not { } message)
        {
            return false;
        }

        CollectionAssert.AreEqual(bytes, Samples.Payload(message));
        return true;
    }

    private static bool ReadFrames(byte[] bytes)
    {
        List<string> whole = Frames(new ReadOnlySequence<byte>(bytes));

        // However the network cuts it, it reads the same.
        CollectionAssert.AreEqual(whole, Frames(Split(bytes)));
        return whole.Count > 0 && whole[^1].Length > 0;
    }

    /// <summary>The frames, written back; an empty one at the end for bytes that can never become one.</summary>
    private static List<string> Frames(ReadOnlySequence<byte> rest)
    {
        List<string> frames = [];
        ParseOutcome outcome;
        while ((outcome = FrameParser.TryRead(ref rest, out Frame frame, out _)) == ParseOutcome.Message)
        {
            WireMessage? message = MessageCodec.Read(frame);
            frames.Add($"{frame.Header} {(message is null ? "?" : Convert.ToHexString(Samples.Payload(message)))}");
        }

        if (outcome == ParseOutcome.Broken)
        {
            frames.Add("");
        }

        return frames;
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        Segment first = new(bytes.AsMemory(0, bytes.Length / 3), 0), last = first;
        last = last.Append(bytes.AsMemory(bytes.Length / 3, bytes.Length / 2 - bytes.Length / 3));
        last = last.Append(bytes.AsMemory(bytes.Length / 2));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static bool ReadContent(ContentEncoding encoding, byte[] bytes)
    {
        ContentAssembler content = new(encoding, Announced);
        for (int i = 0; i < bytes.Length; i += 700)
        {
            if (!content.Append(new ReadOnlySequence<byte>(bytes, i, Math.Min(700, bytes.Length - i))))
            {
                return false;
            }
        }

        return content.Complete() is { } complete && (complete.Length == Announced ? true : throw new AssertFailedException("content of another length than announced"));
    }

    private static byte[] Deflated()
    {
        byte[] text = new byte[Announced];
        new Random(1).NextBytes(text.AsSpan(0, 1000));
        return [.. TextContent.Chunks(text, ContentEncoding.Deflate).SelectMany(chunk => chunk.Data.ToArray())];
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
