using System.Buffers.Binary;
using DistBuild.Core.Hashing;
using DistBuild.Core.Tests.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Explanations;

[TestClass]
public sealed class NotesTests
{
    [TestMethod]
    public void What_is_written_is_read_again()
    {
        LastBuild unit = Unit("/obj/a.o", UnitOutcome.CompiledLocally, Digest.Of("key"u8));
        LastBuild plain = Unit("/obj/b.o", UnitOutcome.NotCacheable, null) with { Keyed = null, Agent = null, Reason = null, OutOfDate = null, SameSince = 7 };
        byte[] states = States(("/obj/a.o", "key"));

        Notes read = NotesFormat.Read(NotesFormat.Write("/src/app.vcxproj", [plain, unit], states))!;

        Assert.AreEqual("/src/app.vcxproj", read.Project);
        Assert.AreEqual(unit, read.Units["/obj/a.o"]);
        Assert.AreEqual(plain, read.Units["/obj/b.o"]);
        KeyState state = StatesFormat.Read(read.States.Span)!["/obj/a.o"].Single();
        Assert.AreEqual((Digest.Of("key"u8), 5u), (state.Key, state.When));
        CollectionAssert.AreEqual(new[] { new KeyField("argument", "-O2"), new KeyField("argument", "-g") }, state.Fields.ToArray());
        CollectionAssert.AreEqual(new[] { new KeyInput("a.cpp", Digest.Of("1"u8)), new KeyInput("h.h", Digest.Of("2"u8)) }, state.Inputs.ToArray());
    }

    [TestMethod]
    public void Any_flipped_bit_and_any_cut_makes_notes_none()
    {
        byte[] whole = NotesFormat.Write("p", [Unit("/obj/a.o", UnitOutcome.Failed, null)], States(("/obj/a.o", "key")));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            Assert.IsNull(NotesFormat.Read(flipped), $"byte {i}");
            Assert.IsNull(NotesFormat.Read(whole[..i]), $"cut at {i}");
        }
    }

    [TestMethod]
    public void Hostile_bytes_under_a_right_checksum_are_refused_or_read_and_never_throw()
    {
        byte[] whole = NotesFormat.Write("p", [Unit("/obj/a.o", UnitOutcome.Failed, Digest.Of("key"u8))], States(("/obj/a.o", "key"), ("/obj/b.o", "other")));
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] hostile = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                hostile[random.Next(12, whole.Length - 8)] = (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt64LittleEndian(hostile.AsSpan(whole.Length - 8), XxHash64.Hash(hostile.AsSpan(0, whole.Length - 8)));
            if (NotesFormat.Read(hostile) is { } notes)
            {
                _ = StatesFormat.Read(notes.States.Span);
            }
        }
    }

    [TestMethod]
    public void Damaged_notes_are_like_none_and_are_replaced()
    {
        using TemporaryFolder folder = new();
        string path = NotesFile.PathOf(folder.Path, "scope");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "not notes");
        UnitNotes notes = new(path, "app.vcxproj");

        Assert.IsNull(notes.Note(Result(folder, 1), () => ([], [])));
        notes.Save();

        Assert.AreEqual("app.vcxproj", RememberedUnits.Read(folder.Path).Single().Project);
    }

    [TestMethod]
    public void Of_each_unit_three_keys_are_remembered_and_units_whose_source_is_gone_are_forgotten()
    {
        using TemporaryFolder folder = new();
        string path = NotesFile.PathOf(folder.Path, "scope");
        for (int key = 0; key < 5; key++)
        {
            UnitNotes notes = new(path, "");
            notes.Note(Result(folder, key), () => ([new KeyField("argument", $"-D{key}")], []));
            notes.Save();
        }

        Assert.HasCount(3, StatesFormat.Read(NotesFile.TryRead(path)!.States.Span)!.Single().Value);
        File.Delete(folder["a.cpp"]);
        UnitNotes last = new(path, "");
        last.Note(Result(folder, 9, "b"), () => ([], []));
        last.Save();

        Assert.AreEqual(folder["b.o"], RememberedUnits.Read(folder.Path).Single().Object);
    }

    [TestMethod]
    public void Notes_of_projects_nobody_builds_go_after_a_season()
    {
        using TemporaryFolder folder = new();
        string old = NotesFile.PathOf(folder.Path, "old"), fresh = NotesFile.PathOf(folder.Path, "fresh");
        foreach (string path in new[] { old, fresh })
        {
            UnitNotes notes = new(path, "");
            notes.Note(Result(folder, 1), () => ([], []));
            notes.Save();
        }

        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-91));
        UnitNotes another = new(NotesFile.PathOf(folder.Path, "another"), "");
        another.Note(Result(folder, 2), () => ([], []));
        another.Save();

        Assert.IsFalse(File.Exists(old));
        Assert.IsTrue(File.Exists(fresh));
    }

    private static UnitResult Result(TemporaryFolder folder, int key, string name = "a")
    {
        folder.Write(name + ".cpp", "");
        CompileCommand command = new("g++", [], folder.Path, new Dictionary<string, string>());
        TranslationUnit unit = new(name + ".cpp", folder[name + ".cpp"], folder[name + ".o"], command);
        return new UnitResult(unit, UnitOutcome.CompiledLocally, KeyMode.Direct, null, null, TimeSpan.Zero, 0, "", "") { Key = Digest.Of([(byte)key]) };
    }

    private static LastBuild Unit(string path, UnitOutcome outcome, Digest? key) =>
        new(path, "/src/a.cpp", "/src", 1_700_000_000, outcome, KeyMode.Preprocessed, "agent", "reason", "out of date", key, 0);

    private static byte[] States(params (string Object, string Key)[] units) => StatesFormat.Write(units.ToDictionary(
        unit => unit.Object,
        unit => new List<KeyState>
        {
            new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(unit.Key)), 5, [new("argument", "-O2"), new("argument", "-g")], [new("a.cpp", Digest.Of("1"u8)), new("h.h", Digest.Of("2"u8))]),
        }));
}
