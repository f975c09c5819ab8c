using System.Net;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Core.Tests.Wire.Dns;

[TestClass]
public sealed class DnsMessageTests
{
    private static readonly DnsName Type = DnsName.Of("_distbuild", "_tcp", "local"), Instance = DnsName.Of("büro 1").Under(Type), Host = DnsName.Of("host", "local");

    [TestMethod]
    public void A_question_has_the_bytes_of_the_standard()
    {
        DnsMessage query = new(0, IsResponse: false, [new DnsQuestion(Type, DnsType.Pointer, WantsUnicast: true)], [], [], []);

        Assert.AreEqual(
            Convert.ToHexString(Samples.Bytes("0000 0000 0001 0000 0000 0000 0a 5f646973746275696c64 04 5f746370 05 6c6f63616c 00 000c 8001")), Convert.ToHexString(query.ToBytes()));
    }

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        DnsRecord[] records =
        [
            DnsRecord.Pointer(Type, 4500, Instance), DnsRecord.Service(Instance, 120, 27182, Host), DnsRecord.Text(Instance, 4500, "a=b", "c=d"),
            DnsRecord.Address(Host, 120, IPAddress.Parse("10.1.2.3")),
        ];
        byte[] bytes = new DnsMessage(7, IsResponse: true, [new DnsQuestion(Type, DnsType.Any, false)], records[..2], records[2..3], records[3..]).ToBytes();

        DnsMessage read = DnsMessage.Read(bytes)!;

        Assert.AreEqual((ushort)7, read.Id);
        Assert.IsTrue(read.IsResponse);
        Assert.AreEqual(Instance, read.Answers[1].Name);
        Assert.AreEqual(27182, read.Answers[1].Port);
        Assert.AreEqual(Convert.ToHexString(bytes), Convert.ToHexString(read.ToBytes()));
    }

    [TestMethod]
    public void Compressed_names_are_read_in_records_and_in_their_data()
    {
        // As avahi and Bonjour write it: every name points to where its end stood before.
        byte[] bytes = Samples.Bytes(
            "0000 8400 0000 0002 0000 0000"
            + "0a 5f646973746275696c64 04 5f746370 05 6c6f63616c 00 000c 0001 00001194 0004 01 61 c00c"
            + "c02d 0021 8001 00000078 000c 0000 0000 6a2e 03 666f6f c01c");

        DnsMessage read = DnsMessage.Read(bytes)!;

        DnsRecord pointer = read.Answers[0], service = read.Answers[1];
        Assert.AreEqual(DnsName.Of("a").Under(Type), service.Name);
        Assert.IsTrue(pointer.SaysWhat(DnsRecord.Pointer(Type, 0, service.Name)));
        Assert.IsTrue(service.SaysWhat(DnsRecord.Service(service.Name, 0, 0x6a2e, DnsName.Of("foo", "local"))));
        Assert.IsTrue(service.IsUnique);
    }

    [TestMethod]
    [DataRow("c00c", DisplayName = "a name that points to itself")]
    [DataRow("01 61 c00c", DisplayName = "a name that points to its own front")]
    [DataRow("c00e c00c", DisplayName = "a name that points behind itself")]
    [DataRow("c0ff", DisplayName = "a name that points to behind the end")]
    [DataRow("40 61", DisplayName = "a label of a kind that no standard has")]
    [DataRow("05 61 62", DisplayName = "a label longer than the message")]
    [DataRow("02 c328 00", DisplayName = "a label that is not UTF-8")]
    [DataRow("01 61", DisplayName = "a name without an end")]
    [Timeout(10_000)]
    public void A_hostile_name_is_no_message(string name) => Assert.IsNull(DnsMessage.Read(Samples.Bytes("0000 0000 0001 0000 0000 0000" + name + "000c 0001")));

    [TestMethod]
    [DataRow("0000 8400 0000 0001 0000 0000 01 61 00 000c 0001 00000000 ffff 00", DisplayName = "data longer than the message")]
    [DataRow("0000 8400 0000 0001 0000 0000 01 61 00 0021 0001 00000000 0002 0000", DisplayName = "a service without a host")]
    [DataRow("0000 8400 0000 0001 0000 0000 01 61 00 000c 0001 00000000 0001 00", DisplayName = "a pointer to nothing")]
    [DataRow("0000 8400 0000 ffff 0000 0000", DisplayName = "more records than bytes")]
    [DataRow("0000 2800 0000 0000 0000 0000", DisplayName = "another operation")]
    [DataRow("0000", DisplayName = "a cut header")]
    [DataRow("", DisplayName = "nothing")]
    public void A_broken_message_is_none(string bytes) => Assert.IsNull(DnsMessage.Read(Samples.Bytes(bytes)));

    [TestMethod]
    [Timeout(10_000)]
    public void Long_chains_of_pointers_end()
    {
        List<byte> message = [.. Samples.Bytes("0000 0000 0258 0000 0000 0000"), 1, (byte)'a', 0, 0, 12, 0, 1];
        for (int i = 1; i < 600; i++)
        {
            // Each name points to the one before it.
            int before = i == 1 ? 12 : message.Count - 6;
            message.AddRange([(byte)(0xc0 | (before >> 8)), (byte)before, 0, 12, 0, 1]);
        }

        DnsMessage read = DnsMessage.Read([.. message])!;

        Assert.HasCount(600, read.Questions);
        Assert.IsTrue(read.Questions.All(question => question.Name.Equals(DnsName.Of("A"))));
    }

    [TestMethod]
    public void A_name_that_cannot_be_written_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DnsName.Of(""));
        Assert.Throws<ArgumentException>(() => DnsName.Of(new string('a', 64)));
        Assert.Throws<ArgumentException>(() => DnsName.Of([.. Enumerable.Repeat(new string('a', 50), 5)]));
        Assert.AreEqual(255, DnsName.Of([.. Enumerable.Repeat(new string('a', 63), 3), new string('a', 61)]).Labels.Sum(label => label.Length + 1) + 1);
    }
}
