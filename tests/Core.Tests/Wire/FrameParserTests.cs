using System.Buffers;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class FrameParserTests
{
    [TestMethod]
    public void A_header_has_the_bytes_it_always_had()
    {
        byte[] bytes = new byte[FrameHeader.Size];
        new FrameHeader(FrameType.Fetch, 0, 0x0102, 0x0304).Write(bytes);

        Assert.AreEqual("1000010200000304", Convert.ToHexString(bytes));
        Assert.AreEqual(new FrameHeader(FrameType.Fetch, 0, 0x0102, 0x0304), FrameHeader.Read(bytes));
    }

    [TestMethod]
    public void Every_split_of_the_bytes_parses_the_same()
    {
        byte[] bytes = [.. Samples.Messages.SelectMany((sample, i) => Samples.Frame((ushort)i, sample.Message))];
        string[] whole = Parse(new ReadOnlySequence<byte>(bytes));
        Assert.HasCount(Samples.Messages.Count, whole);

        for (int split = 0; split <= bytes.Length; split++)
        {
            CollectionAssert.AreEqual(whole, Parse(Segments.Of(bytes[..split], bytes[split..])), $"split at {split}");
        }

        CollectionAssert.AreEqual(whole, Parse(Segments.Of([.. bytes.Select(b => new[] { b })])), "a byte at a time");
    }

    [TestMethod]
    public void A_frame_cut_anywhere_needs_more()
    {
        byte[] frame = Samples.Frame(7, Samples.Messages[0].Message);
        for (int length = 0; length < frame.Length; length++)
        {
            ReadOnlySequence<byte> buffer = new(frame, 0, length);
            Assert.AreEqual(ParseOutcome.NeedMore, FrameParser.TryRead(ref buffer, out _, out _), $"{length} bytes");
            Assert.AreEqual(length, buffer.Length, "nothing is consumed");
        }
    }

    [TestMethod]
    [DataRow("00 00 0000 00000000", "message type 0 is unknown", DisplayName = "type 0")]
    [DataRow("ff 00 0000 00000000", "message type 255 is unknown", DisplayName = "a type never given out")]
    [DataRow("10 01 0000 00000000", "flags 01", DisplayName = "a flag never defined")]
    [DataRow("18 00 0001 00010001", "announces 65537 bytes", DisplayName = "one byte above the cap")]
    [DataRow("18 00 0001 ffffffff", "announces 4294967295 bytes", DisplayName = "the largest length")]
    [DataRow("47 45 5420 2f204854", "message type 71", DisplayName = "GET / HT")]
    public void A_hostile_header_is_broken_before_its_payload_is_waited_for(string header, string says)
    {
        ReadOnlySequence<byte> buffer = new(Samples.Bytes(header));

        Assert.AreEqual(ParseOutcome.Broken, FrameParser.TryRead(ref buffer, out _, out ProtocolException? broken));

        Assert.Contains(says, broken!.Message);
    }

    [TestMethod]
    public void The_largest_frame_is_read()
    {
        byte[] frame = Samples.Frame(1, new Chunk(new byte[WireLimits.MaxPayload]));
        ReadOnlySequence<byte> buffer = new(frame);

        Assert.AreEqual(ParseOutcome.Message, FrameParser.TryRead(ref buffer, out Frame read, out _));

        Assert.AreEqual(WireLimits.MaxPayload, read.Payload.Length);
        Assert.IsTrue(buffer.IsEmpty);
    }

    [TestMethod]
    public void Every_type_has_one_line_in_the_catalogue() =>
        CollectionAssert.AreEqual(Enum.GetValues<FrameType>(), FrameCatalogue.All.Select(description => description.Type).ToArray());

    private static string[] Parse(ReadOnlySequence<byte> buffer)
    {
        List<string> frames = [];
        while (FrameParser.TryRead(ref buffer, out Frame frame, out ProtocolException? broken) == ParseOutcome.Message)
        {
            Assert.IsNull(broken);
            frames.Add($"{frame.Header.Stream} {frame.Header.Type} {Convert.ToHexString(Samples.Payload(MessageCodec.Read(frame)!))}");
        }

        Assert.IsTrue(buffer.IsEmpty);
        return [.. frames];
    }
}
