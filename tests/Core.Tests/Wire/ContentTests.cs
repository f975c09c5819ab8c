using System.Buffers;
using System.IO.Compression;
using System.Text;
using DistBuild.Core.Units;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class ContentTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(WireLimits.ChunkSize)]
    [DataRow(WireLimits.ChunkSize + 1)]
    [DataRow(3_000_000)]
    public void A_text_arrives_as_it_was_sent(int length)
    {
        byte[] text = Text(length);
        foreach (ContentEncoding encoding in Enum.GetValues<ContentEncoding>())
        {
            ContentAssembler assembler = new(encoding, length);
            foreach (Chunk chunk in TextContent.Chunks(text, encoding))
            {
                Assert.IsInRange(1, WireLimits.ChunkSize, chunk.Data.Length);
                Assert.IsTrue(assembler.Append(new ReadOnlySequence<byte>(chunk.Data)));
            }

            CollectionAssert.AreEqual(text, assembler.Complete(), encoding.ToString());
        }
    }

    [TestMethod]
    public void Noise_that_does_not_compress_still_arrives()
    {
        byte[] noise = new byte[500_000];
        new Random(1).NextBytes(noise);
        ContentAssembler assembler = new(ContentEncoding.Deflate, noise.Length);
        foreach (Chunk chunk in TextContent.Chunks(noise, ContentEncoding.Deflate))
        {
            Assert.IsTrue(assembler.Append(new ReadOnlySequence<byte>(chunk.Data)));
        }

        CollectionAssert.AreEqual(noise, assembler.Complete());
    }

    [TestMethod]
    public void A_text_is_compressed_only_where_that_pays()
    {
        Assert.AreEqual(ContentEncoding.Raw, TextContent.EncodingFor(1_000_000, staysOnThisMachine: true));
        Assert.AreEqual(ContentEncoding.Raw, TextContent.EncodingFor(WireLimits.SmallestCompressed - 1, staysOnThisMachine: false));
        Assert.AreEqual(ContentEncoding.Deflate, TextContent.EncodingFor(WireLimits.SmallestCompressed, staysOnThisMachine: false));
        Assert.IsLessThan(300_000, TextContent.Chunks(Text(1_000_000), ContentEncoding.Deflate).Sum(chunk => chunk.Data.Length));
    }

    [TestMethod]
    public void More_bytes_than_announced_are_not_taken()
    {
        ContentAssembler assembler = new(ContentEncoding.Raw, 3);

        Assert.IsTrue(assembler.Append(new ReadOnlySequence<byte>(new byte[2])));
        Assert.IsFalse(assembler.Append(new ReadOnlySequence<byte>(new byte[2])));
        Assert.IsFalse(new ContentAssembler(ContentEncoding.Deflate, 3).Append(new ReadOnlySequence<byte>(new byte[1000])));
    }

    [TestMethod]
    public void Fewer_bytes_than_announced_are_no_content()
    {
        Assert.IsNull(Inflate(Deflate(Text(1000)), announced: 1001));
        ContentAssembler raw = new(ContentEncoding.Raw, 3);
        raw.Append(new ReadOnlySequence<byte>(new byte[2]));
        Assert.IsNull(raw.Complete());
    }

    [TestMethod]
    public void A_bomb_is_not_unpacked_beyond_what_was_announced() => Assert.IsNull(Inflate(Deflate(new byte[10_000_000]), announced: 100_000));

    [TestMethod]
    [NotOnNetFramework("mono does not count what a thread allocates")]
    public void A_large_announcement_alone_allocates_little()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsNull(Inflate([1, 2, 3], announced: WireLimits.MaxText));
        Assert.IsNull(new ContentAssembler(ContentEncoding.Raw, WireLimits.MaxContent).Complete());

        Assert.IsLessThan(500_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Bytes_that_are_not_compressed_at_all_are_no_content() => Assert.IsNull(Inflate(Text(1000), announced: 1000));

    [TestMethod]
    public void A_result_is_believed_only_as_it_was_described()
    {
        CompiledResult result = new("object"u8.ToArray(), "out"u8.ToArray(), "err"u8.ToArray());
        ContentHeader header = ResultContent.Describe(result)!;
        byte[] content = "objectouterr"u8.ToArray();

        CompiledResult read = ResultContent.Read(header, content)!;
        Assert.AreEqual("object", Encoding.ASCII.GetString(read.Object.Span));
        Assert.AreEqual("out", Encoding.ASCII.GetString(read.Output.Span));
        Assert.AreEqual("err", Encoding.ASCII.GetString(read.Errors.Span));
        Assert.IsNull(ResultContent.Read(header with { Object = 5, Output = 4 }, content), "the border between object and output moved");
        for (int i = 0; i < content.Length; i++)
        {
            content[i] ^= 1;
            Assert.IsNull(ResultContent.Read(header, content), $"byte {i} changed");
            content[i] ^= 1;
        }
    }

    private static byte[] Text(int length) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, (length / 20) + 1).Select(i => $"int variable_{i % 977:d4};\n ")))[..length];

    private static byte[] Deflate(byte[] content)
    {
        using MemoryStream compressed = new();
        using (DeflateStream deflater = new(compressed, CompressionLevel.SmallestSize))
        {
            deflater.Write(content);
        }

        return compressed.ToArray();
    }

    private static byte[]? Inflate(byte[] compressed, int announced)
    {
        ContentAssembler assembler = new(ContentEncoding.Deflate, announced);
        return assembler.Append(new ReadOnlySequence<byte>(compressed)) ? assembler.Complete() : null;
    }
}
