using System.Buffers.Binary;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Manifests;
using DistBuild.Core.Units.Records;

namespace DistBuild.Fuzz.Targets;

/// <summary>What lies in a store and beside it, which a disk may damage and another account of the machine may write; manifests also come from agents.</summary>
internal static class StoreTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("entries of a store", [Entry("object", "printed", "a warning"), Entry("o", "", "")], ReadEntry, SealWithHash),
        new("manifests", [Manifests(2), Manifests(1), ManifestFormat.Write(Manifest.Empty)], ReadManifest),
        new("records of builds", [Records()], ReadRecords, SealWithHash),
        new("notes", [Notes()], ReadNotes, SealWithHash),
        new("states of keys", [States()], bytes => StatesFormat.Read(bytes) is not null),
    ];

    private static bool ReadEntry(byte[] bytes)
    {
        if (EntryFormat.Read(bytes, out StoredEntry? entry) != EntryVerdict.Whole)
        {
            return false;
        }

        CompiledResult result = entry!.Result;
        Assert.IsLessThanOrEqualTo(bytes.Length, result.Object.Length + result.Output.Length + result.Errors.Length);
        return true;
    }

    private static bool ReadManifest(byte[] bytes)
    {
        if (ManifestFormat.TryRead(bytes) is not { } manifest)
        {
            return false;
        }

        byte[] written = ManifestFormat.Write(manifest);
        CollectionAssert.AreEqual(written, ManifestFormat.Write(ManifestFormat.TryRead(written)!));
        return true;
    }

    private static bool ReadRecords(byte[] bytes)
    {
        if (RecordsFormat.Read(bytes) is not { } records)
        {
            return false;
        }

        byte[] written = RecordsFormat.Write(records);
        Assert.HasCount(records.Count, RecordsFormat.Read(written)!);
        return true;
    }

    private static bool ReadNotes(byte[] bytes)
    {
        if (NotesFormat.Read(bytes) is not { } notes)
        {
            return false;
        }

        _ = StatesFormat.Read(notes.States.Span);
        Assert.HasCount(notes.Units.Count, NotesFormat.Read(NotesFormat.Write(notes.Project, notes.Units.Values, notes.States))!.Units);
        return true;
    }

    private static byte[] SealWithHash(byte[] bytes)
    {
        int end = bytes.Length - sizeof(ulong);
        if (end >= 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(end), XxHash64.Hash(bytes.AsSpan(0, end)));
        }

        return bytes;
    }

    private static byte[] Entry(string made, string output, string errors) =>
        EntryFormat.Write(Digest.Of("key"u8), new CompiledResult(Bytes(made), Bytes(output), Bytes(errors)), "machine");

    private static byte[] Manifests(int entries)
    {
        ManifestInput source = new("a.cpp", Digest.Of("source"u8)), header = new("include/a.h", Digest.Of("header"u8));
        Manifest manifest = Manifest.Empty.With(new ManifestEntry(Digest.Of("first"u8), [source, header], []));
        return ManifestFormat.Write(entries == 1 ? manifest : manifest.With(new ManifestEntry(Digest.Of("second"u8), [source, header], [new ManifestAbsence("src", ["a.h", "vector"])])));
    }

    private static byte[] Records()
    {
        RecordedAbsence absence = new("i", new FileStamp(4096, 3), new InodeStamp(4, 5), ["b.h"]);
        RecordedInput source = new("s/a.c", new FileStamp(5, 1_000_000_001), new InodeStamp(6, 7), [absence]), header = new("s/b.h", FileStamp.Missing);
        return RecordsFormat.Write(new Dictionary<string, UnitRecord>
        {
            ["o/a.o"] = new UnitRecord(Digest.Of("cc"u8), new FileStamp(300, 2), [source, header], 1) { Outputs = [new RecordedInput("o/a.d", new FileStamp(7, 8))], Result = new KnownResult(Digest.Of("key"u8), Digest.Of("around"u8)) },
            ["o/b.o"] = new UnitRecord(Digest.Of("cc"u8), new FileStamp(300, 2), [header], UnitRecord.NoSuspect),
        });
    }

    private static byte[] Notes() => NotesFormat.Write(
        "/src/app.vcxproj",
        [new LastBuild("/obj/a.o", "/src/a.cpp", "/src", 1_700_000_000, UnitOutcome.CompiledLocally, KeyMode.Preprocessed, "agent", "reason", "out of date", Digest.Of("key"u8), 0)],
        States());

    private static byte[] States() => StatesFormat.Write(new Dictionary<string, List<KeyState>>
    {
        ["/obj/a.o"] = [new(Digest.Of("key"u8), 5, [new("argument", "-O2"), new("argument", "-g")], [new("a.cpp", Digest.Of("1"u8)), new("h.h", Digest.Of("2"u8))])],
    });

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
