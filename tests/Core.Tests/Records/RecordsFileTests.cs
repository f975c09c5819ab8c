using System.Buffers.Binary;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Records;

[TestClass]
public sealed class RecordsFileTests
{
    [TestMethod]
    public void The_bytes_are_those_of_the_drawing()
    {
        RecordedAbsence absence = new("i", new FileStamp(4096, 3), new InodeStamp(4, 5), ["b.h"]);
        RecordedInput source = new("s/a.c", new FileStamp(5, 1_000_000_001), new InodeStamp(1_000_000_002, 6), [absence]), header = new("s/b.h", FileStamp.Missing);
        Dictionary<string, UnitRecord> units = new()
        {
            ["o/a.o"] = new UnitRecord(Digest.Of("cc"u8), new FileStamp(300, 2), [source, header], 1)
            {
                Outputs = [new RecordedInput("o/a.d", new FileStamp(7, 8))],
                Result = new KnownResult(Digest.Of("key"u8), Digest.Of("around"u8)),
            },
            ["o/b.o"] = new UnitRecord(Digest.Of("cc"u8), new FileStamp(300, 2), [header], UnitRecord.NoSuspect),
        };

        string[] expected =
        [
            "4442554E4954531A", "03000000", "07000000", "01000000", "03000000", "02000000",
            "05" + "6F2F612E6F", "05" + "732F612E63", "01" + "69", "03" + "622E68", "05" + "732F622E68", "05" + "6F2F612E64", "05" + "6F2F622E6F",
            "02" + "0010000000000000" + "0300000000000000" + "0400000000000000" + "0500000000000000" + "01" + "03",
            "01" + "0500000000000000" + "01CA9A3B00000000" + "02CA9A3B00000000" + "0600000000000000" + "01" + "00",
            "04" + "FFFFFFFFFFFFFFFF" + "0000000000000000" + "0000000000000000" + "0000000000000000" + "00",
            "05" + "0700000000000000" + "0800000000000000" + "0000000000000000" + "0000000000000000" + "00",
            "00" + Digest.Of("cc"u8).ToString().ToUpperInvariant() + "2C01000000000000" + "0200000000000000" + "02" + "02" + "00" + "01" + "01" + "02"
                + "01" + Digest.Of("key"u8).ToString().ToUpperInvariant() + Digest.Of("around"u8).ToString().ToUpperInvariant(),
            "06" + Digest.Of("cc"u8).ToString().ToUpperInvariant() + "2C01000000000000" + "0200000000000000" + "00" + "01" + "01" + "00" + "00",
        ];
        byte[] bytes = RecordsFormat.Write(units);

        Assert.AreEqual(string.Concat(expected), Convert.ToHexString(bytes.AsSpan(0, bytes.Length - 8)));
        Assert.AreEqual(XxHash64.Hash(bytes.AsSpan(0, bytes.Length - 8)), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8)));
        CollectionAssert.AreEqual(bytes, RecordsFormat.Write(RecordsFormat.Read(bytes)!));
    }

    [TestMethod]
    public void Every_shorter_file_and_every_changed_byte_reads_as_empty()
    {
        using Project project = BuildRecordsTests.Built(out _);
        byte[] bytes = File.ReadAllBytes(project.RecordsPath);
        Assert.HasCount(2, RecordsFormat.Read(bytes)!);
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.IsNull(RecordsFormat.Read(bytes.AsSpan(0, i)), $"{i} bytes");
            bytes[i] ^= 1;
            Assert.IsNull(RecordsFormat.Read(bytes), $"byte {i}");
            bytes[i] ^= 1;
        }
    }

    [TestMethod]
    [NotOnNetFramework("mono does not count what a thread allocates")]
    public void Hostile_bytes_under_a_right_checksum_neither_throw_nor_allocate_more_than_the_file()
    {
        using Project project = BuildRecordsTests.Built(out _);
        byte[] whole = File.ReadAllBytes(project.RecordsPath);
        Random random = new(1);
        int rejected = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(12, bytes.Length - 8)] = (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash64.Hash(bytes.AsSpan(0, bytes.Length - 8)));
            rejected += RecordsFormat.Read(bytes) is null ? 1 : 0;
        }

        Assert.IsGreaterThan(1000, rejected);
        Assert.IsLessThan(20L * whole.Length, (GC.GetAllocatedBytesForCurrentThread() - before) / 20_000, "bytes per file");
    }

    [TestMethod]
    [DataRow("truncated")]
    [DataRow("newer")]
    [DataRow("a folder")]
    [DataRow("missing")]
    public void Records_that_cannot_be_read_are_empty_and_the_next_save_replaces_them(string damage)
    {
        using Project project = BuildRecordsTests.Built(out _);
        byte[] bytes = File.ReadAllBytes(project.RecordsPath);
        File.Delete(project.RecordsPath);
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(project.RecordsPath, bytes[..^20]);
                break;
            case "newer":
                bytes[8]++;
                File.WriteAllBytes(project.RecordsPath, bytes);
                break;
            case "a folder":
                Directory.CreateDirectory(project.RecordsPath);
                break;
        }

        BuildRecords records = project.Load();

        Assert.AreEqual("never compiled", project.WhyOutOfDate(records, "a"));
        project.Compile(records, "a", "cc", "src/a.cpp");
        if (damage == "a folder")
        {
            Assert.Contains(project.RecordsPath, records.Save()!);
        }
        else
        {
            Assert.IsNull(records.Save());
            Assert.IsNull(project.WhyOutOfDate("a"));
        }
    }

    [TestMethod]
    public void A_build_that_changed_nothing_writes_nothing()
    {
        using Project project = BuildRecordsTests.Built(out _);
        File.SetLastWriteTimeUtc(project.RecordsPath, DateTime.UnixEpoch);
        BuildRecords records = project.Load();
        Assert.IsNull(project.WhyOutOfDate(records, "a"));
        Assert.AreEqual("never compiled", project.WhyOutOfDate(records, "failed"));
        records.Forget(project["obj/failed.o"]);

        Assert.IsNull(records.Save());

        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(project.RecordsPath));
    }

    [TestMethod]
    public void Saving_in_the_middle_and_again_keeps_both_halves()
    {
        using Project project = BuildRecordsTests.Built(out BuildRecords records);
        project.Compile(records, "c", "cc", "src/a.cpp");
        Assert.IsNull(records.Save());
        project.Compile(records, "d", "cc", "src/a.cpp");
        Assert.IsNull(records.Save());

        foreach (string unit in (string[])["a", "b", "c", "d"])
        {
            Assert.IsNull(project.WhyOutOfDate(unit), unit);
        }
    }

    [TestMethod]
    public void Of_two_builds_that_save_one_after_another_each_keeps_the_others_units()
    {
        using Project project = BuildRecordsTests.Built(out _);
        BuildRecords first = project.Load(), second = project.Load();
        project.Compile(first, "c", "cc", "src/a.cpp");
        first.Forget(project["obj/a.o"]);
        project.Compile(second, "d", "cc", "src/a.cpp");

        Assert.IsNull(first.Save());
        Assert.IsNull(second.Save());

        Assert.AreEqual("never compiled", project.WhyOutOfDate("a"));
        foreach (string unit in (string[])["b", "c", "d"])
        {
            Assert.IsNull(project.WhyOutOfDate(unit), unit);
        }
    }

    [TestMethod]
    public void A_save_that_had_nothing_to_say_still_learns_of_the_other_builds_units()
    {
        using Project project = BuildRecordsTests.Built(out _);
        BuildRecords first = project.Load(), second = project.Load();
        project.Compile(first, "c", "cc", "src/a.cpp");
        Assert.IsNull(first.Save());
        Assert.IsNull(second.Save());
        project.Compile(second, "d", "cc", "src/a.cpp");

        Assert.IsNull(second.Save());

        Assert.IsNull(project.WhyOutOfDate("c"));
        Assert.IsNull(project.WhyOutOfDate("d"));
    }

    [TestMethod]
    public void Units_that_left_the_project_go_with_their_objects()
    {
        using Project project = BuildRecordsTests.Built(out _);
        long length = new FileInfo(project.RecordsPath).Length;
        File.Delete(project["obj/b.o"]);
        BuildRecords records = project.Load();
        Assert.IsNull(project.WhyOutOfDate(records, "a"));

        Assert.IsNull(records.Save());

        Assert.IsLessThan(length, new FileInfo(project.RecordsPath).Length);
        Assert.AreEqual("never compiled", project.WhyOutOfDate("b"));
        Assert.IsNull(project.WhyOutOfDate("a"));
    }

    [TestMethod]
    public void Units_that_this_build_did_not_ask_about_stay_while_their_objects_exist()
    {
        using Project project = BuildRecordsTests.Built(out _);
        BuildRecords records = project.Load();
        project.Compile(records, "a", "cc -g", "src/a.cpp");

        Assert.IsNull(records.Save());

        Assert.IsNull(project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void Many_threads_record_and_save_at_once()
    {
        using Project project = BuildRecordsTests.Built(out BuildRecords records);
        Parallel.For(0, 200, i =>
        {
            project.Compile(records, $"t{i}", "cc", "src/a.cpp", "src/both.h");
            Assert.IsNull(project.WhyOutOfDate(records, $"t{i}"));
            if (i % 20 == 0)
            {
                Assert.IsNull(records.Save());
            }
        });
        Assert.IsNull(records.Save());

        BuildRecords loaded = project.Load();
        for (int i = 0; i < 200; i++)
        {
            Assert.IsNull(project.WhyOutOfDate(loaded, $"t{i}"), $"unit {i}");
        }
    }
}
