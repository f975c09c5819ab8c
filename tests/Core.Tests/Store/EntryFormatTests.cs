using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class EntryFormatTests
{
    private const int TableAt = EntryFormat.HeaderLength, CountAt = 12, DomainAt = 10, VersionAt = 8;

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        CompiledResult result = Results.Of(1);

        Assert.AreEqual(EntryVerdict.Whole, EntryFormat.Read(EntryFormat.Write(Results.Key(1), result, "anna@box"), out StoredEntry? entry));

        Assert.AreEqual(Results.Key(1), entry!.Key);
        Assert.AreEqual("anna@box", entry.Producer);
        Assert.AreEqual(Results.Sha256(result.Object), entry.Content.ToString());
        Assert.IsTrue(Results.AreEqual(result, entry.Result));
    }

    [TestMethod]
    public void Every_changed_byte_is_damage()
    {
        byte[] entry = Small();
        for (int i = 0; i < entry.Length; i++)
        {
            entry[i] ^= 0x20;
            Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(entry, out _), $"byte {i}");
            entry[i] ^= 0x20;
        }
    }

    [TestMethod]
    public void Every_shorter_and_every_longer_file_is_damage()
    {
        byte[] entry = Small();
        for (int length = 0; length < entry.Length; length++)
        {
            Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(entry.AsMemory(0, length), out _), $"{length} bytes");
        }

        Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read((byte[])[.. entry, 0], out _));
    }

    [TestMethod]
    [DataRow(TableAt + 4, 0xFFFFFFFFu, DisplayName = "an object longer than the file")]
    [DataRow(TableAt + 4, 0x7FFFFFFFu, DisplayName = "an object of two gigabytes")]
    [DataRow(TableAt + 4, 3u, DisplayName = "sections shorter than the file")]
    [DataRow(CountAt, 0xFFFFFFFFu, DisplayName = "four billion sections")]
    [DataRow(CountAt, 65u, DisplayName = "one section more than the cap")]
    [DataRow(CountAt, 60u, DisplayName = "a table longer than the file")]
    public void A_lie_about_a_length_is_damage_even_under_a_right_checksum(int at, uint value)
    {
        byte[] entry = Small();
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(at), value);

        Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(Sealed(entry), out _));
    }

    [TestMethod]
    public void An_empty_object_is_damage()
    {
        byte[] entry = EntryFormat.Write(Results.Key(1), new CompiledResult(default, default, default), "");

        Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(entry, out _));
    }

    [TestMethod]
    public void Another_format_version_is_damage()
    {
        byte[] entry = Small();
        entry[VersionAt]++;

        Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(Sealed(entry), out _));
    }

    [TestMethod]
    public void A_section_kind_or_a_domain_of_a_later_version_is_no_result_and_no_damage()
    {
        byte[] kind = Small(), domain = Small();
        BinaryPrimitives.WriteUInt32LittleEndian(kind.AsSpan(TableAt + (3 * EntryFormat.TableItemLength)), 77);
        domain[DomainAt] = 2;

        Assert.AreEqual(EntryVerdict.Newer, EntryFormat.Read(Sealed(kind), out StoredEntry? entry));
        Assert.IsNull(entry);
        Assert.AreEqual(EntryVerdict.Newer, EntryFormat.Read(Sealed(domain), out entry));
        Assert.IsNull(entry);
    }

    [TestMethod]
    public void A_long_producer_is_cut_between_characters()
    {
        string producer = "x" + string.Concat(Enumerable.Repeat("ä", 200));

        EntryFormat.Read(EntryFormat.Write(Results.Key(1), Results.Of(1), producer), out StoredEntry? entry);

        Assert.AreEqual("x" + string.Concat(Enumerable.Repeat("ä", 127)), entry!.Producer);
    }

    [TestMethod]
    public void A_producer_that_is_no_text_is_damage()
    {
        byte[] entry = EntryFormat.Write(Results.Key(1), Results.Of(1), "x");
        entry[entry.Length - EntryFormat.ChecksumLength - 1] = 0xFF;

        Assert.AreEqual(EntryVerdict.Damaged, EntryFormat.Read(Sealed(entry), out _));
    }

    [TestMethod]
    public void Whatever_is_accepted_is_written_back_the_same()
    {
        Random random = new(20050502);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] entry = Small();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                entry[random.Next(TableAt - 40, entry.Length - EntryFormat.ChecksumLength)] = (byte)random.Next(random.Next(2) == 0 ? 6 : 256);
            }

            if (EntryFormat.Read(Sealed(entry), out StoredEntry? read) == EntryVerdict.Whole)
            {
                byte[] again = EntryFormat.Write(read!.Key, read.Result, read.Producer);
                read.Content.CopyTo(again.AsSpan(48));
                CollectionAssert.AreEqual(entry, Sealed(again));
                accepted++;
            }
        }

        Assert.IsGreaterThan(1000, accepted, "the changes leave many entries whole");
    }

    private static byte[] Small() =>
        EntryFormat.Write(Results.Key(1), new CompiledResult("object"u8.ToArray(), "out"u8.ToArray(), Encoding.ASCII.GetBytes("e")), "anna");

    /// <summary>Gives changed bytes the checksum an attacker or a broken writer would give them.</summary>
    private static byte[] Sealed(byte[] entry)
    {
        Span<byte> content = entry.AsSpan(0, entry.Length - EntryFormat.ChecksumLength);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(content.Length), XxHash64.Hash(content));
        return entry;
    }
}
