using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class MessageCodecTests
{
    [TestMethod]
    public void Every_message_has_the_bytes_it_always_had()
    {
        foreach ((WireMessage message, string bytes) in Samples.Messages)
        {
            Assert.AreEqual(Convert.ToHexString(Samples.Bytes(bytes)), Convert.ToHexString(Samples.Payload(message)), message.Type.ToString());
        }
    }

    [TestMethod]
    public void Every_message_is_read_back_from_its_bytes()
    {
        foreach ((WireMessage message, string bytes) in Samples.Messages)
        {
            WireMessage? read = MessageCodec.Read(message.Type, Samples.Bytes(bytes));

            Assert.IsNotNull(read, message.Type.ToString());
            Assert.AreEqual(message.Type, read.Type);
            Assert.AreEqual(Convert.ToHexString(Samples.Bytes(bytes)), Convert.ToHexString(Samples.Payload(read)), message.Type.ToString());
        }
    }

    [TestMethod]
    public void Every_type_of_the_protocol_has_golden_bytes() =>
        CollectionAssert.AreEquivalent(Enum.GetValues<FrameType>(), Samples.Messages.Select(sample => sample.Message.Type).Distinct().ToArray());

    [TestMethod]
    public void Fields_come_out_as_they_went_in()
    {
        Compile compile = (Compile)Samples.Messages.Single(sample => sample.Message is Compile).Message;
        Compile read = (Compile)MessageCodec.Read(FrameType.Compile, Samples.Payload(compile))!;

        Assert.AreEqual(compile.Key, read.Key);
        Assert.AreEqual(compile.Toolchain, read.Toolchain);
        Assert.AreEqual(compile.Encoding, read.Encoding);
        Assert.AreEqual(compile.TextLength, read.TextLength);
        Assert.AreEqual(compile.Job.Language, read.Job.Language);
        CollectionAssert.AreEqual(compile.Job.Arguments.ToArray(), read.Job.Arguments.ToArray());
    }

    [TestMethod]
    public void A_payload_that_ends_too_early_or_too_late_is_no_message()
    {
        foreach ((WireMessage message, string bytes) in Samples.Messages.Where(sample => sample.Message is not Chunk))
        {
            byte[] whole = Samples.Bytes(bytes);
            for (int length = 0; length < whole.Length; length++)
            {
                Assert.IsNull(MessageCodec.Read(message.Type, whole.AsSpan(0, length)), $"{message.Type} cut to {length} bytes");
            }

            Assert.IsNull(MessageCodec.Read(message.Type, [.. whole, 0]), $"{message.Type} with a byte more");
        }
    }

    [TestMethod]
    [DataRow(FrameType.Chunk, "", DisplayName = "an empty chunk")]
    [DataRow(FrameType.Fetch, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 02", DisplayName = "a flag that is neither 0 nor 1")]
    [DataRow(FrameType.Rejected, "01 0002 c328", DisplayName = "a text that is not UTF-8")]
    [DataRow(FrameType.Rejected, "01 ffff 61", DisplayName = "a text longer than its payload")]
    [DataRow(FrameType.Found, "02 00000001 00000000 00000000 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", DisplayName = "an unknown encoding")]
    [DataRow(FrameType.Found, "00 10000001 00000000 00000000 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", DisplayName = "more content than the cap")]
    [DataRow(FrameType.Found, "00 0fffffff 00000001 00000001 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", DisplayName = "more content than the cap, together")]
    [DataRow(FrameType.Found, "00 ffffffff ffffffff ffffffff 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", DisplayName = "lengths that overflow")]
    public void Hostile_fields_are_refused(FrameType type, string bytes) => Assert.IsNull(MessageCodec.Read(type, Samples.Bytes(bytes)));

    [TestMethod]
    [NotOnNetFramework("mono does not count what a thread allocates")]
    public void A_count_larger_than_its_payload_allocates_nothing()
    {
        byte[] compile = Samples.Payload(new Compile(default, default, false, ContentEncoding.Raw, 0, new("gcc", "c", [])));
        compile[^2] = compile[^1] = 0xff;
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsNull(MessageCodec.Read(FrameType.Compile, compile));

        Assert.IsLessThan(10_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void What_is_accepted_written_back_gives_the_same_bytes()
    {
        Random random = new(20050613);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++)
        {
            (WireMessage message, string bytes) = Samples.Messages[random.Next(Samples.Messages.Count)];
            byte[] mutant = Mutation.Of(Samples.Bytes(bytes), random);
            if (MessageCodec.Read(message.Type, mutant) is { } read)
            {
                accepted++;
                Assert.AreEqual(Convert.ToHexString(mutant), Convert.ToHexString(Samples.Payload(read)), $"{message.Type}, iteration {i}");
            }
        }

        Assert.IsGreaterThan(10_000, accepted, "the mutations reach the readers' ends");
    }
}
